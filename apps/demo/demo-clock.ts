import type { Clock } from '#kernel/clock';
import type { Instant } from '#kernel/id';
import { instantAt } from '#kernel/instant';

/** A clock that stands where it is put: time is data here. */
export interface DemoClock extends Clock {
  set(to: Instant): void;
}

/** Tells the real time until it is set. */
export const demoClock = (): DemoClock => {
  let stands: Instant | null = null;
  return { now: () => stands ?? instantAt(Date.now()), set: (to) => void (stands = to) };
};

export const isDemoClock = (clock: Clock): clock is DemoClock => 'set' in clock && typeof clock.set === 'function';
