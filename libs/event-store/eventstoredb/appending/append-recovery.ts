import type { StreamName } from '#kernel/id';
import { actualRevision } from '../../expectation';
import type { AppendResult, EventToAppend } from '../../log.port';
import { toPosition } from '../../position';
import type { KnownStream, EventIdCache } from '../reading/event-id-cache';
import type { LogReader } from '../reading/log-reader';

/** What a stream holds, for the judgement of an append that may be there already. */
export class AppendRecovery {
  constructor(
    private readonly reader: LogReader,
    private readonly known: EventIdCache,
  ) {}

  /** Reads what of the stream is not known yet, up to `revision`. */
  async upTo(stream: StreamName, revision: number): Promise<KnownStream> {
    const { through } = this.known.get(stream);
    if (through < revision) {
      const read = this.reader.readStream(stream, { from: through + 1, limit: revision - through });
      for await (const _event of read);
    }
    return this.known.get(stream);
  }

  /**
   * After an attempt whose outcome nobody told.
   * @returns nothing where nothing lies after `before` yet; a conflict where other events took the place
   */
  async readBack(stream: StreamName, before: number, events: readonly EventToAppend[]): Promise<AppendResult | undefined> {
    const there = [];
    for await (const event of this.reader.readStream(stream, { from: before + 1, limit: events.length })) there.push(event);
    const last = there.at(-1);
    if (last === undefined) return undefined;
    const same = there.length === events.length && there.every(({ eventId }, index) => eventId === events[index]?.eventId);
    if (!same) return this.conflict(stream);
    this.reader.reached(last.position);
    return { outcome: 'appended', position: last.position, revision: last.revision };
  }

  async conflict(stream: StreamName): Promise<AppendResult> {
    const { through } = await this.upTo(stream, Infinity);
    return { outcome: 'conflict', actual: actualRevision(through) };
  }

  /** The revision is counted: the one that the server's answer tells is wrong on its fast path. */
  written({ stream, events }: { stream: StreamName; events: readonly EventToAppend[] }, before: number, place: bigint): AppendResult {
    events.forEach(({ eventId }, index) => this.known.learn(stream, before + 1 + index, eventId));
    const position = toPosition(place);
    this.reader.reached(position);
    return { outcome: 'appended', position, revision: before + events.length };
  }
}
