import { categoryOf } from '#event-store/log-filter';
import type { LogFilter, Position, StoredEvent } from '#event-store/log.port';
import { toPosition } from '#event-store/position';
import type { DoubleLog } from '#test/eventstoredb-double/double-log';
import type { StreamName } from '#kernel/id';
import type { AnsweredAppend, ConsumedEvents, Finding } from './observations';

/** An event as it lies in the log. */
interface TruthLine {
  readonly id: string;
  readonly type: string;
  readonly stream: string;
  readonly revision: number;
  readonly position: Position;
}

export interface LogTruth {
  /** Everybody's events, oldest first. */
  readonly lines: readonly TruthLine[];
  readonly byId: ReadonlyMap<string, readonly TruthLine[]>;
  /** Place of the last of them. */
  readonly last: Position | undefined;
}

export const truthOf = (lines: readonly TruthLine[]): LogTruth => {
  const byId = new Map<string, TruthLine[]>();
  for (const line of lines) byId.set(line.id, [...(byId.get(line.id) ?? []), line]);
  return { lines, byId, last: lines.at(-1)?.position };
};

/** What the double holds from record number `first` on, but for the server's own. */
export const truthOfDouble = ({ records }: DoubleLog, first: number): LogTruth =>
  truthOf(
    records
      .slice(first)
      .flatMap(({ id, type, stream, revision, position }) =>
        type.startsWith('$') ? [] : [{ id, type, stream, revision: Number(revision), position: toPosition(position) }],
      ),
  );

/** What was told, against what lies in the log. */
export const checkInvariants = (
  truth: LogTruth,
  answered: readonly AnsweredAppend[],
  consumed: readonly ConsumedEvents[],
): readonly Finding[] => [
  ...twice(truth),
  ...answered.flatMap((answer) => checkAnswer(truth, answer)),
  ...inOrderGiven(answered),
  ...consumed.flatMap((one) => checkConsumed(truth, one)),
];

const twice = ({ byId }: LogTruth): readonly Finding[] =>
  [...byId].flatMap(([id, lines]) =>
    lines.length > 1 ? [{ count: 'doubled', what: `stored ${lines.length} times: ${id}` } as const] : [],
  );

const checkAnswer = ({ byId }: LogTruth, { stream, expected, ids, result }: AnsweredAppend): readonly Finding[] => {
  const places = ids.map((id) => byId.get(id)?.[0]);
  const [first, last] = [places[0], places.at(-1)];
  const told = `${stream} expecting ${expected}`;
  if (result.outcome === 'conflict') {
    const before = expected === 'none' ? -1 : expected;
    const there = typeof before === 'number' && first?.revision === before + 1;
    return there ? [{ count: 'lost', what: `told as a conflict, and there: ${told}` }] : [];
  }
  if (result.outcome !== 'appended') return [];
  if (first === undefined || last === undefined || places.includes(undefined))
    return [{ count: 'lost', what: `acknowledged, and not there: ${told}` }];
  const findings: Finding[] = [];
  if (last.position !== result.position || last.revision !== result.revision) {
    const at = `${result.position} (${result.revision}) and lies at ${last.position} (${last.revision})`;
    findings.push({ count: 'lost', what: `acknowledged at ${at}: ${told}` });
  }
  if (places.some((place, n) => place?.stream !== stream || place.revision !== first.revision + n))
    findings.push({ count: 'reordered', what: `not side by side: ${told}` });
  const before = expected === 'none' ? -1 : expected;
  if (typeof before === 'number' && first.revision !== before + 1)
    findings.push({ count: 'reordered', what: `acknowledged where it was not expected, at ${first.revision}: ${told}` });
  return findings;
};

/** One after the other by one writer in one stream: so they lie. */
const inOrderGiven = (answered: readonly AnsweredAppend[]): readonly Finding[] => {
  const last = new Map<string, Position>();
  return answered.flatMap(({ writer, stream, result }): readonly Finding[] => {
    if (result.outcome !== 'appended') return [];
    const by = `${writer} ${stream}`;
    const before = last.get(by);
    last.set(by, result.position);
    return before !== undefined && result.position < before
      ? [{ count: 'reordered', what: `answered later, and lies before: ${stream}` }]
      : [];
  });
};

const lets = (filter: LogFilter | undefined, { type, stream }: TruthLine): boolean =>
  (filter?.types === undefined || filter.types.includes(type)) &&
  (filter?.categories === undefined || filter.categories.includes(categoryOf(stream as StreamName)));

const checkConsumed = ({ lines }: LogTruth, { name, after, filter, committed }: ConsumedEvents): readonly Finding[] => {
  const due = lines.filter((line) => line.position > after && lets(filter, line)).map(({ id }) => id);
  const got = committed.map(({ eventId }: StoredEvent): string => eventId);
  const once = new Set(got);
  const findings: Finding[] = [];
  const missed = due.filter((id) => !once.has(id));
  if (missed.length > 0) findings.push({ count: 'lost', what: `${name} missed ${missed.length} of ${due.length}, first ${missed[0]}` });
  if (once.size < got.length) findings.push({ count: 'doubled', what: `${name} committed ${got.length - once.size} events twice` });
  const dueOnce = due.filter((id) => once.has(id));
  const order = [...once];
  const at = order.findIndex((id, n) => id !== dueOnce[n]);
  if (at !== -1)
    findings.push({ count: 'reordered', what: `${name} got ${order[at]} as number ${at}, where ${dueOnce[at] ?? 'nothing'} lies` });
  return findings;
};
