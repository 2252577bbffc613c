import { createHash } from 'node:crypto';
import { START, type EventLog } from '#event-store/log.port';

export interface CopyDifferences {
  /** In the source, not in the copy. */
  readonly lost: number;
  /** In both, at another place among those that are in both. */
  readonly reordered: number;
  /** Not the same text by text, in the copy alone, or in it twice. */
  readonly differences: number;
  readonly events: number;
}

interface Seen {
  readonly id: string;
  readonly digest: string;
}

const seenIn = async (log: EventLog): Promise<readonly Seen[]> => {
  const all: Seen[] = [];
  for await (const { eventId, stream, revision, type, version, meta, data } of log.readAll({ after: START })) {
    const text = JSON.stringify([stream, revision, type, version, meta, data]);
    all.push({ id: eventId, digest: createHash('sha1').update(text).digest('base64') });
  }
  return all;
};

const byId = (events: readonly Seen[]): ReadonlyMap<string, Seen> => new Map(events.toReversed().map((seen) => [seen.id, seen]));

/** Compares event by event, without the copy's own code: what it proves is judged too. */
export const checkCopy = async (source: EventLog, copy: EventLog): Promise<CopyDifferences> => {
  const [here, there] = await Promise.all([seenIn(source), seenIn(copy)]);
  const [known, copied] = [byId(here), byId(there)];
  const inBoth = (events: readonly Seen[]): readonly string[] =>
    [...new Set(events.map(({ id }) => id))].filter((id) => known.has(id) && copied.has(id));
  const [order, orderThere] = [inBoth(here), inBoth(there)];
  return {
    lost: here.filter(({ id }) => !copied.has(id)).length,
    reordered: order.filter((id, index) => orderThere[index] !== id).length,
    differences: there.filter(({ id, digest }) => known.get(id)?.digest !== digest).length + (there.length - copied.size),
    events: there.length,
  };
};
