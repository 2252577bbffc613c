import { seededRandom } from '#apps/demo/seeded-random';
import { EventStoreDbLog } from '#event-store/eventstoredb/eventstoredb-log';
import { EventStoreDbDouble } from '#test/eventstoredb-double/double';
import { timersOf } from './quiet-clock';
import type { QuietClock } from './quiet-clock';

/** A log that has grown long makes every look at its end dear. */
const SCHEDULES_EACH = 40;
const TIMEOUT_MS = 60_000;

/** The servers of a process: schedule after schedule plays on the same ones, for a start costs more than a schedule. */
export class FailoverHarness {
  private readonly doubles = new Map<number, { readonly double: EventStoreDbDouble; readonly held: EventStoreDbLog; played: number }>();

  constructor(readonly time: QuietClock) {}

  async double(nodes: 1 | 3): Promise<EventStoreDbDouble> {
    const there = this.doubles.get(nodes);
    if (there !== undefined && there.played < SCHEDULES_EACH) {
      there.played += 1;
      return there.double;
    }
    await this.renew(nodes);
    const double = await EventStoreDbDouble.start({ nodes });
    // keeps what all logs on one address share: the appending client, and its connection
    const held = await this.time.until(
      EventStoreDbLog.open(double.url, { timers: timersOf(this.time, seededRandom(nodes, 'stage')) }),
      TIMEOUT_MS,
    );
    this.doubles.set(nodes, { double, held, played: 1 });
    return double;
  }

  /** After a schedule that came to no end: nothing of it may be left for the next. */
  async renew(nodes: 1 | 3): Promise<void> {
    const there = this.doubles.get(nodes);
    this.doubles.delete(nodes);
    void there?.held.close();
    await there?.double.stop();
  }
}
