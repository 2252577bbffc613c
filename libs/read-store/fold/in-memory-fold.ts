import type { RecordedEvent } from '#event-store/codec.port';
import { canonicalJson } from '#kernel/canonical-json';
import { emptyFolding, foldEvent, standingEvidence } from './fold';
import type { AnyReadModel } from '../read-model';

export interface Folded {
  readonly rows: ReadonlyMap<string, unknown>;
  /** Event ids by key, each once, in log order. */
  readonly evidence: ReadonlyMap<string, readonly string[]>;
}

/** The whole fold in memory, without tables: the oracle that tables are compared with, and a bench's floor. */
export const foldInMemory = (model: AnyReadModel, events: Iterable<RecordedEvent>): Folded => {
  const { projection } = model;
  const folding = emptyFolding<unknown>();
  for (const event of events) if (event.type in projection.handles) foldEvent(projection, folding, event);
  const evidence = new Map<string, Set<string>>();
  for (const { key, eventId } of standingEvidence(folding)) {
    const ids = evidence.get(key);
    if (ids) ids.add(eventId);
    else evidence.set(key, new Set([eventId]));
  }
  return {
    rows: new Map([...folding.rows].filter(([, row]) => row !== null)),
    evidence: new Map([...evidence].map(([key, ids]) => [key, [...ids]])),
  };
};

export interface DumpedRow {
  readonly key: string;
  /** Canonical JSON. */
  readonly row: string;
  readonly evidence: readonly string[];
}

/** One line of a dump; the same from tables and from memory. */
export const dumpLine = ({ name, version }: { name: string; version: number }, { key, row, evidence }: DumpedRow): string =>
  `{"evidence":${JSON.stringify(evidence)},"key":${JSON.stringify(key)},"name":${JSON.stringify(name)},"row":${row},"version":${version}}`;

/** The lines that `dumpReadModels` gives of the same events. */
export const dumpFolded = (model: AnyReadModel, { rows, evidence }: Folded): readonly string[] =>
  [...rows.keys()]
    .sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)))
    .map((key) => dumpLine(model.projection, { key, row: canonicalJson(rows.get(key)), evidence: evidence.get(key) ?? [] }));
