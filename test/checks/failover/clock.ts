import { setTimeout as sleep } from 'node:timers/promises';

/** Whose time it is: the schedule's own, or everybody's. */
export interface Clock {
  /** Milliseconds since some beginning. */
  readonly now: number;
  pause(ms: number): Promise<void>;
}

export const realClock: Clock = {
  get now() {
    return performance.now();
  },
  pause: (ms) => sleep(ms),
};
