import { EventStoreDbDouble } from '#test/eventstoredb-double/double';
import type { VirtualTime } from './virtual-time';

/** A log that has grown long makes every look at its end dear. */
const SCHEDULES_EACH = 40;

/** The servers of a process: schedule after schedule plays on the same ones, for a start costs more than a schedule. */
export class Stage {
  private readonly doubles = new Map<number, { readonly double: EventStoreDbDouble; played: number }>();

  constructor(readonly time: VirtualTime) {}

  async double(nodes: 1 | 3): Promise<EventStoreDbDouble> {
    const there = this.doubles.get(nodes);
    if (there !== undefined && there.played < SCHEDULES_EACH) {
      there.played += 1;
      return there.double;
    }
    await there?.double.stop();
    const double = await EventStoreDbDouble.start({ nodes });
    this.doubles.set(nodes, { double, played: 1 });
    return double;
  }

  /** After a schedule that came to no end: nothing of it may be left for the next. */
  async renew(nodes: 1 | 3): Promise<void> {
    await this.doubles.get(nodes)?.double.stop();
    this.doubles.delete(nodes);
  }

  async close(): Promise<void> {
    for (const { double } of this.doubles.values()) await double.stop();
  }
}
