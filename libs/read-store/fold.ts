import type { EventId } from '#kernel/id';
import type { Projection } from '#kernel/projection';
import type { Recorded } from '#kernel/message';

type AnyEvent = { readonly type: string; readonly data: unknown };

export interface Evidence {
  readonly key: string;
  readonly eventId: EventId;
}

/** The rows that some events touched, in memory: what both the tables and the oracle are made from. */
export interface Folding<Row> {
  /** Null: deleted, or never there. */
  readonly rows: Map<string, Row | null>;
  readonly evidence: Evidence[];
  /** Keys whose row was deleted, with the number of evidence entries then: a deleted row rests on nothing. */
  readonly cleared: Map<string, number>;
}

export const emptyFolding = <Row>(): Folding<Row> => ({ rows: new Map(), evidence: [], cleared: new Map() });

export const distinct = (keys: readonly string[]): readonly string[] => (keys.length < 2 ? keys : [...new Set(keys)]);

/** Folds one event into the rows that it names; rows not yet there count as absent. */
export const foldEvent = <Event extends AnyEvent, Row>(
  projection: Projection<Event, Row>,
  into: Folding<Row>,
  event: Recorded<Event>,
): void => {
  for (const key of distinct(projection.keys(event))) {
    const before = into.rows.get(key) ?? undefined;
    const { row, evidence = [] } = projection.evolve(before, event, key);
    if (row !== null || before !== undefined) into.rows.set(key, row);
    if (row === null && before !== undefined) into.cleared.set(key, into.evidence.length);
    if (row !== null) for (const eventId of evidence) into.evidence.push({ key, eventId });
  }
};

/** The evidence that stands: what was told before a row's deletion is gone with it. */
export const standingEvidence = ({ evidence, cleared }: Folding<unknown>): readonly Evidence[] =>
  cleared.size === 0 ? evidence : evidence.filter(({ key }, index) => index >= (cleared.get(key) ?? 0));
