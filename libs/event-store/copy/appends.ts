import type { StreamName } from '#kernel/id';
import { textBytes } from '../validate-append';
import type { ExpectedRevision, StoredEvent } from '../log.port';

/** Consecutive events of one stream, at the place that they have in the source. */
export interface CopyAppend {
  readonly stream: StreamName;
  readonly expected: Extract<ExpectedRevision, 'none' | number>;
  readonly events: readonly StoredEvent[];
}

/**
 * How the target takes events as fast as their order allows. An append that gets no answer may still be stored later, and no log lets
 * one append wait for another stream's. So nothing may be under way beside it that could then stand before it.
 *
 * `one-by-one`: each append is answered before the next is sent; neighbours of one stream go together. Right for every log.
 * `in-one-transaction`: for a log that stores appends asked for in one turn in that order, all or none (PostgreSQL's). Each is one event,
 * which is there or not: after a copy that was killed, or beside another one, no append can be half there and let later ones pass it.
 */
export type CopyPace = 'one-by-one' | 'in-one-transaction';

interface Limits {
  readonly events: number;
  readonly appends: number;
  /** Of both texts, over all appends sent at once; a single event may be larger. */
  readonly bytes: number;
}

/** Below the log's limits, an append's and a transaction's, with room for what an adapter adds. */
const LIMITS: Readonly<Record<CopyPace, Limits>> = {
  'one-by-one': { events: 256, appends: 1, bytes: 512 * 1024 },
  'in-one-transaction': { events: 1, appends: 256, bytes: 2 * 1024 * 1024 },
};

/** Gives together what may be sent together, in the source's order. */
export async function* copyAppends(events: AsyncIterable<StoredEvent>, pace: CopyPace): AsyncGenerator<readonly CopyAppend[]> {
  const limits = LIMITS[pace];
  let gathered: StoredEvent[][] = [];
  let bytes = 0;
  for await (const event of events) {
    const size = textBytes(event);
    const run = gathered.at(-1);
    const joins = run !== undefined && run.length < limits.events && isNext(run.at(-1), event);
    const full = bytes + size > limits.bytes || (!joins && gathered.length === limits.appends);
    if (full && gathered.length > 0) {
      yield gathered.map(appendOf);
      [gathered, bytes] = [[], 0];
    }
    bytes += size;
    if (joins && !full) run.push(event);
    else gathered.push([event]);
  }
  if (gathered.length > 0) yield gathered.map(appendOf);
}

const isNext = (last: StoredEvent | undefined, { stream, revision }: StoredEvent): boolean =>
  last?.stream === stream && last.revision + 1 === revision;

const appendOf = (events: readonly StoredEvent[]): CopyAppend => {
  const { stream, revision } = events[0] as StoredEvent;
  return { stream, expected: revision === 0 ? 'none' : revision - 1, events };
};
