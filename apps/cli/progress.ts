import { Presets, SingleBar } from 'cli-progress';
import { say } from './output';

/** Progress on stderr: a bar for people, a line now and then where nobody looks. */
export interface Progress {
  /** `share` from 0 to 1; `text` stands beside it. */
  show(share: number, text: string): void;
  end(): void;
}

const LINE_EVERY_MS = 5_000;

export const createProgress = (): Progress => (process.stderr.isTTY ? bar() : lines());

const remaining = (startedAt: number, share: number): string => {
  if (share < 0.02) return '…';
  const seconds = Math.round(((Date.now() - startedAt) / 1000) * (1 / share - 1));
  return seconds < 90 ? `${seconds} s` : `${Math.round(seconds / 60)} min`;
};

const bar = (): Progress => {
  const startedAt = Date.now();
  const single = new SingleBar(
    {
      format: '{bar} {percentage} % | {text} | {left} left',
      hideCursor: true,
      clearOnComplete: true,
      stream: process.stderr,
      gracefulExit: false,
    },
    Presets.shades_classic,
  );
  single.start(1000, 0, { text: '', left: '…' });
  return {
    show: (share, text) => single.update(Math.floor(share * 1000), { text, left: remaining(startedAt, share) }),
    end: () => single.stop(),
  };
};

const lines = (): Progress => {
  const startedAt = Date.now();
  let last = startedAt;
  return {
    show: (share, text) => {
      if (Date.now() - last < LINE_EVERY_MS) return;
      last = Date.now();
      say(`${Math.floor(share * 100)} % | ${text} | ${remaining(startedAt, share)} left`);
    },
    end: () => undefined,
  };
};
