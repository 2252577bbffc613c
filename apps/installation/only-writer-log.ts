import type { StreamName } from '#kernel/id';
import type { AppendResult, EventLog, EventToAppend, ExpectedRevision, StoredEvent, StreamRead } from '#event-store/log.port';

/** Streams remembered at once; the one unused longest is forgotten first. */
const STREAMS = 20_000;

/** A read or an append that has not ended. */
interface Step {
  readonly writes: boolean;
  stale: boolean;
}

/**
 * For whoever alone writes to a log, as a demo does: what a stream holds is remembered, so that a decision reads nothing. Where somebody
 * else wrote all the same, the expected revision tells, as ever, and the stream is read anew.
 */
export const onlyWriterLog = (log: EventLog): EventLog => {
  const known = new Map<StreamName, readonly StoredEvent[]>();
  const underWay = new Map<StreamName, Set<Step>>();
  /** Tells whether what the step saw may be remembered: nothing else was written meanwhile. */
  const during = async <T>(stream: StreamName, writes: boolean, work: (isFresh: () => boolean) => Promise<T>): Promise<T> => {
    const others = underWay.get(stream) ?? new Set();
    const mine = { writes, stale: [...others].some((other) => other.writes) };
    if (writes) for (const other of others) other.stale = true;
    underWay.set(stream, others.add(mine));
    try {
      return await work(() => !mine.stale);
    } finally {
      others.delete(mine);
      if (others.size === 0) underWay.delete(stream);
    }
  };
  const remember = (stream: StreamName, events: readonly StoredEvent[]): void => {
    known.delete(stream);
    known.set(stream, events);
    const [oldest] = known.keys();
    if (known.size > STREAMS && oldest !== undefined) known.delete(oldest);
  };
  const whole = async (stream: StreamName): Promise<readonly StoredEvent[]> => {
    const held = known.get(stream);
    if (held) return held;
    return during(stream, false, async (isFresh) => {
      const events: StoredEvent[] = [];
      for await (const event of log.readStream(stream)) events.push(event);
      if (isFresh()) remember(stream, events);
      return events;
    });
  };
  async function* readStream(stream: StreamName, read: StreamRead): AsyncIterable<StoredEvent> {
    for (const event of await whole(stream)) if (event.revision >= (read.from ?? 0)) yield event;
  }
  const append = (stream: StreamName, expected: ExpectedRevision, events: readonly EventToAppend[]): Promise<AppendResult> =>
    during(stream, true, async (isFresh) => {
      const before = known.get(stream);
      known.delete(stream);
      const result = await log.append(stream, expected, events);
      const [event] = events;
      // Of several, only the last one's position is told: the stream is read when it is needed next.
      if (isFresh() && event && events.length === 1 && before && result.outcome === 'appended' && result.revision === before.length)
        remember(stream, [...before, { ...event, stream, revision: result.revision, position: result.position }]);
      return result;
    });
  return {
    logId: () => log.logId(),
    append,
    readStream: (stream, read = {}) =>
      read.direction === 'backwards' || read.limit !== undefined ? log.readStream(stream, read) : readStream(stream, read),
    readAll: (read) => log.readAll(read),
    ...(log.readPages ? { readPages: log.readPages.bind(log) } : {}),
    subscribe: (from) => log.subscribe(from),
    head: () => log.head(),
    ...(log.count ? { count: log.count.bind(log) } : {}),
    ...(log.find ? { find: log.find.bind(log) } : {}),
    close: () => log.close(),
  };
};
