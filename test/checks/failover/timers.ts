import type { Chance } from '#apps/demo/seeded-random';
import type { Timers } from '#event-store/eventstoredb/timers';
import type { VirtualTime } from './virtual-time';

/** The adapter's waits on the schedule's own time, and its chance from the schedule's seed. */
export const timersOf = (time: VirtualTime, chance: Chance): Timers => ({
  after: (ms, _wait, run) => time.after(ms, run),
  random: () => chance.next(),
});
