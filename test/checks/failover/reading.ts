import { LogUnavailable, START, type EventLog, type Position, type StoredEvent } from '#event-store/log.port';
import type { Clock } from './clock';
import type { Read } from './schedule';
import type { Tally } from './tally';
import type { DoubleLog } from '#test/eventstoredb-double/double-log';
import { streamName } from './writing';

export interface ReadingParts {
  readonly log: EventLog;
  readonly truth: DoubleLog;
  readonly time: Clock;
  readonly tally: Tally;
  readonly name: string;
  /** Reads of the whole log begin here. */
  readonly after: Position;
  /** Number of the first record after it. */
  readonly first: number;
}

const ASK_AGAIN_MS = 500;

/** A read, asked again until it is answered, and judged against what lies there. */
export const readOnce = async (read: Read, parts: ReadingParts): Promise<void> => {
  await parts.time.pause(read.atMs);
  for (;;) {
    const known = parts.tally.acknowledged;
    try {
      return await READS[read.kind](read, parts, known);
    } catch (error) {
      if (!(error instanceof LogUnavailable)) throw error;
      await parts.time.pause(ASK_AGAIN_MS);
    }
  }
};

const collected = async (events: AsyncIterable<StoredEvent>): Promise<readonly StoredEvent[]> => {
  const all: StoredEvent[] = [];
  for await (const event of events) all.push(event);
  return all;
};

type Judged = (read: Read, parts: ReadingParts, known: Position) => Promise<void>;

const head: Judged = async (_read, { log, tally }, known) => {
  const position = await log.head();
  if (position < known) tally.find('lost', `the head was told as ${position}, after ${known} was acknowledged`);
};

const all: Judged = async ({ limit }, { log, truth, first, tally, after }, known) => {
  const given = await collected(log.readAll({ after, ...(limit !== undefined && { limit }) }));
  const there = truth.records
    .slice(first)
    .filter(({ type }) => !type.startsWith('$'))
    .slice(0, limit);
  compare(tally, given, there, 'a read of the log');
  const last = given.at(-1)?.position ?? START;
  if (limit === undefined && last < known) tally.find('lost', `a read of the log ended at ${last}, after ${known} was acknowledged`);
};

const stream: Judged = async ({ stream: n, from, limit }, { log, truth, first, tally, name }) => {
  const named = streamName(name, n);
  const given = await collected(log.readStream(named, { from, ...(limit !== undefined && { limit }) }));
  compare(tally, given, recordsOf(truth, first, named).slice(from, limit === undefined ? undefined : from + limit), `a read of ${named}`);
};

const backwards: Judged = async ({ stream: n, limit }, { log, truth, first, tally, name }) => {
  const named = streamName(name, n);
  const given = await collected(log.readStream(named, { direction: 'backwards', ...(limit !== undefined && { limit }) }));
  const there = recordsOf(truth, first, named);
  const last = there.findIndex(({ id }) => id === given[0]?.eventId);
  compare(tally, given, there.slice(0, last + 1).reverse(), `a read of ${named} from its end`);
};

const recordsOf = ({ records }: DoubleLog, first: number, name: string) => records.slice(first).filter((record) => record.stream === name);

const READS: Readonly<Record<Read['kind'], Judged>> = { head, all, stream, backwards };

/** What was given is a beginning of what is there: more may have come since. */
const compare = (tally: Tally, given: readonly StoredEvent[], there: readonly { readonly id: string }[], what: string): void => {
  const at = given.findIndex(({ eventId }, n) => eventId !== there[n]?.id);
  if (at === -1) return;
  const twice = new Set(given.map(({ eventId }) => eventId)).size < given.length;
  tally.find(
    twice ? 'doubled' : 'reordered',
    `${what} gave ${given[at]?.eventId} as number ${at}, where ${there[at]?.id ?? 'nothing'} lies`,
  );
};
