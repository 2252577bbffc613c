import type { Clock } from './clock';

export interface WaitOptions {
  readonly time: Clock;
  readonly signal: AbortSignal;
  readonly progress: (line: string) => void;
}

const LOOK_AGAIN_MS = 20;
const TELL_EVERY_MS = 60_000;

/**
 * Until it holds, however long that takes: a machine may be busy, and lateness is no loss. Each minute is told, so that whoever waits
 * for what never comes can interrupt. @returns whether it held
 */
export const waitUntil = async (
  holds: () => boolean | Promise<boolean>,
  waitingFor: () => string,
  { time, signal, progress }: WaitOptions,
): Promise<boolean> => {
  for (let told = time.now; !signal.aborted;) {
    if (await holds()) return true;
    if (time.now - told >= TELL_EVERY_MS) {
      told = time.now;
      progress(`still waiting: ${waitingFor()}`);
    }
    await time.pause(LOOK_AGAIN_MS);
  }
  return false;
};
