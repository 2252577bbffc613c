import { performance } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import type { SeededRandom } from '#apps/demo/seeded-random';
import type { Timers } from '#event-store/eventstoredb/client/timers';
import { VirtualClock } from '../runner/virtual-clock';
import type { Clock } from './clock';

/** Turns of the event loop in which no socket said anything: then everything under way has arrived, and time may pass. */
const QUIET_TURNS = 5;
/** Before a long time passes (watchdogs, deadlines), a busy machine gets a moment to deliver what it has in hand. */
const LONG_MS = 1000;
const TIMEOUT_MS = 2;
/** So many turns without a pause, and so long: somebody asks again and again, and never rests. Turns alone say little on a busy machine. */
const RESTLESS_TURNS = 10_000;
const RESTLESS_MS = 20_000;

export class Stuck extends Error {}

/**
 * Time of a process whose servers and clients all live in it: it stands still while anything is under way on a socket, and jumps to
 * the next timer when all is quiet. So a schedule of minutes takes milliseconds, and no wait ends because the machine is slow.
 * Dates stay real: whoever makes a deadline from one asks for a timer of that length in the same moment.
 */
export class QuietClock extends VirtualClock implements Clock {
  /** Lets time pass until `work` settles. @throws Stuck where it does not within `limitMs`, or where nobody ever rests */
  async until<T>(work: Promise<T>, limitMs: number): Promise<T> {
    let settled = false;
    const settle = (): void => void (settled = true);
    work.then(settle, settle);
    const limit = this.now + limitMs;
    let [quiet, turns, seen, since] = [0, 0, -1, performance.now()];
    let patient = false;
    for (;;) {
      await new Promise<void>(setImmediate);
      if (settled) return work;
      const { events } = performance.nodeTiming.uvMetricsInfo;
      quiet = events === seen ? quiet + 1 : 0;
      seen = events;
      turns += 1;
      if (turns > RESTLESS_TURNS && performance.now() - since > RESTLESS_MS)
        throw new Stuck('somebody asks again and again without a pause');
      if (quiet < QUIET_TURNS) continue;
      if (!patient && this.next() - this.now >= LONG_MS) {
        patient = true;
        await sleep(TIMEOUT_MS);
        quiet = 0;
        continue;
      }
      patient = false;
      if (!this.passAll(limit - this.now)) throw new Stuck(`not over after ${limitMs} ms`);
      [quiet, turns, since] = [0, 0, performance.now()];
    }
  }
}

/** The adapter's waits on the schedule's own time, and its chance from the schedule's seed. */
export const timersOf = (time: QuietClock, chance: SeededRandom): Timers => ({
  after: (ms, _wait, run) => time.after(ms, run),
  random: () => chance.next(),
});
