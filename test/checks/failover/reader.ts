import { LogUnavailable, START, type EventLog, type Position, type StoredEvent } from '#event-store/log.port';
import { collected } from '../runner/differences';
import type { Clock } from './clock';
import type { Read } from './schedule';
import type { Observations } from './observations';
import type { DoubleLog } from '#test/eventstoredb-double/double-log';
import { streamName } from './writer';

export interface ReaderParts {
  readonly log: EventLog;
  readonly truth: DoubleLog;
  readonly time: Clock;
  readonly observed: Observations;
  readonly name: string;
  /** Reads of the whole log begin here. */
  readonly after: Position;
  /** Number of the first record after it. */
  readonly first: number;
}

const ASK_AGAIN_MS = 500;

/** A read, asked again until it is answered, and judged against what lies there. */
export const readOnce = async (read: Read, parts: ReaderParts): Promise<void> => {
  await parts.time.pause(read.atMs);
  for (;;) {
    const known = parts.observed.acknowledged;
    try {
      return await READS[read.kind](read, parts, known);
    } catch (error) {
      if (!(error instanceof LogUnavailable)) throw error;
      await parts.time.pause(ASK_AGAIN_MS);
    }
  }
};

type Judged = (read: Read, parts: ReaderParts, known: Position) => Promise<void>;

const head: Judged = async (_read, { log, observed }, known) => {
  const position = await log.head();
  if (position < known) observed.find('lost', `the head was told as ${position}, after ${known} was acknowledged`);
};

const all: Judged = async ({ limit }, { log, truth, first, observed, after }, known) => {
  const given = await collected(log.readAll({ after, ...(limit !== undefined && { limit }) }));
  const there = truth.records
    .slice(first)
    .filter(({ type }) => !type.startsWith('$'))
    .slice(0, limit);
  compare(observed, given, there, 'a read of the log');
  const last = given.at(-1)?.position ?? START;
  if (limit === undefined && last < known) observed.find('lost', `a read of the log ended at ${last}, after ${known} was acknowledged`);
};

const stream: Judged = async ({ stream: n, from, limit }, { log, truth, first, observed, name }) => {
  const named = streamName(name, n);
  const given = await collected(log.readStream(named, { from, ...(limit !== undefined && { limit }) }));
  compare(
    observed,
    given,
    recordsOf(truth, first, named).slice(from, limit === undefined ? undefined : from + limit),
    `a read of ${named}`,
  );
};

const backwards: Judged = async ({ stream: n, limit }, { log, truth, first, observed, name }) => {
  const named = streamName(name, n);
  const given = await collected(log.readStream(named, { direction: 'backwards', ...(limit !== undefined && { limit }) }));
  const there = recordsOf(truth, first, named);
  const last = there.findIndex(({ id }) => id === given[0]?.eventId);
  compare(observed, given, there.slice(0, last + 1).reverse(), `a read of ${named} from its end`);
};

const recordsOf = ({ records }: DoubleLog, first: number, name: string) => records.slice(first).filter((record) => record.stream === name);

const READS: Readonly<Record<Read['kind'], Judged>> = { head, all, stream, backwards };

/** What was given is a beginning of what is there: more may have come since. */
const compare = (observed: Observations, given: readonly StoredEvent[], there: readonly { readonly id: string }[], what: string): void => {
  const at = given.findIndex(({ eventId }, n) => eventId !== there[n]?.id);
  if (at === -1) return;
  const twice = new Set(given.map(({ eventId }) => eventId)).size < given.length;
  observed.find(
    twice ? 'doubled' : 'reordered',
    `${what} gave ${given[at]?.eventId} as number ${at}, where ${there[at]?.id ?? 'nothing'} lies`,
  );
};
