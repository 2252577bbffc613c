import type { EventId } from '#kernel/id';
import type { Projection } from '#kernel/projection';
import type { Recorded } from '#kernel/message';

type AnyEvent = { readonly type: string; readonly data: unknown };

export interface Evidence {
  readonly key: string;
  readonly eventId: EventId;
}

/** Where a fold finds rows and puts what it makes of them. */
export interface Rows<Row> {
  /** Null or undefined: there is none. */
  readonly get: (key: string) => Row | null | undefined;
  readonly put: (key: string, row: Row | null) => void;
  /** The row rests on this event besides. */
  readonly addEvidence: (key: string, eventId: EventId) => void;
  /** The row was deleted: what was told of it is void. */
  readonly clear: (key: string) => void;
}

/** The rows that some events touched, in memory: what both the tables and the oracle are made from. */
export interface Folding<Row> extends Rows<Row> {
  /** Null: deleted, or never there. */
  readonly rows: Map<string, Row | null>;
  readonly evidence: Evidence[];
  /** Keys whose row was deleted, with the number of evidence entries then: a deleted row rests on nothing. */
  readonly cleared: Map<string, number>;
}

export const emptyFolding = <Row>(): Folding<Row> => {
  const rows = new Map<string, Row | null>();
  const evidence: Evidence[] = [];
  const cleared = new Map<string, number>();
  return {
    rows,
    evidence,
    cleared,
    get: (key) => rows.get(key),
    put: (key, row) => void rows.set(key, row),
    addEvidence: (key, eventId) => void evidence.push({ key, eventId }),
    clear: (key) => void cleared.set(key, evidence.length),
  };
};

export const distinct = (keys: readonly string[]): readonly string[] => (keys.length < 2 ? keys : [...new Set(keys)]);

/** Folds one event into the rows that it names; rows not yet there count as absent. */
export const foldEvent = <Event extends AnyEvent, Row>(projection: Projection<Event, Row>, into: Rows<Row>, event: Recorded<Event>): void =>
  foldKeys(projection, into, { event, keys: distinct(projection.keys(event)) });

/** As `foldEvent`, by whoever knows the event's keys already. */
export const foldKeys = <Event extends AnyEvent, Row>(
  projection: Projection<Event, Row>,
  into: Rows<Row>,
  { event, keys }: { readonly event: Recorded<Event>; readonly keys: readonly string[] },
): void => {
  for (const key of keys) foldKey(projection, into, { event, key });
};

/** One row of what an event names. */
export const foldKey = <Event extends AnyEvent, Row>(
  projection: Projection<Event, Row>,
  into: Rows<Row>,
  { event, key }: { readonly event: Recorded<Event>; readonly key: string },
): void => {
  const before = into.get(key) ?? undefined;
  const { row, evidence } = projection.evolve(before, event, key);
  if (row !== null || before !== undefined) into.put(key, row);
  if (row === null && before !== undefined) into.clear(key);
  if (row !== null && evidence) for (const eventId of evidence) into.addEvidence(key, eventId);
};

/** The evidence that stands: what was told before a row's deletion is gone with it. */
export const standingEvidence = ({ evidence, cleared }: Pick<Folding<unknown>, 'evidence' | 'cleared'>): readonly Evidence[] =>
  cleared.size === 0 ? evidence : evidence.filter(({ key }, index) => index >= (cleared.get(key) ?? 0));
