/** What the adapter waits for; a test names the wait that it lets end. */
export type Wait = 'append deadline' | 'append attempt' | 'append back-off' | 'read back-off' | 'silent read' | 'back-off' | 'watchdog';

/** Time and chance as data: injected, so that no test sleeps. */
export interface Timers {
  /** @returns how to call it off */
  after(ms: number, wait: Wait, run: () => void): () => void;
  /** At least 0, below 1. */
  random(): number;
}

export const realTimers: Timers = {
  after(ms, _wait, run) {
    const timer = setTimeout(run, ms);
    return () => clearTimeout(timer);
  },
  random: () => Math.random(),
};

export interface BackOff {
  readonly first: number;
  readonly longest: number;
}

/** The `attempt`th pause (from 0) in milliseconds: doubled each time, and shortened by up to half, so that many do not come back at once. */
export const backOffMs = ({ first, longest }: BackOff, attempt: number, random: number): number =>
  Math.min(longest, first * 2 ** Math.min(attempt, 30)) * (0.5 + random / 2);

/** Until `ms` have passed or `signal` aborts. */
export const pause = (timers: Timers, ms: number, wait: Wait, signal?: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (signal?.aborted === true) return resolve();
    const end = (): void => {
      stop();
      signal?.removeEventListener('abort', end);
      resolve();
    };
    const stop = timers.after(ms, wait, end);
    signal?.addEventListener('abort', end);
  });
