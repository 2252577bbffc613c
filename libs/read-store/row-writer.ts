import { setImmediate as turn } from 'node:timers/promises';
import type { PoolClient } from 'pg';
import { canonicalJson } from '#kernel/canonical-json';
import type { EventId } from '#kernel/id';
import { copyEncoded, encodedRows, recycle, type BinaryRows, type RowsToCopy } from './binary-rows';
import type { Write } from './consumer';
import type { ReadModelTable, WrittenRow } from './read-model-table';
import { wireArray } from './wire-array';

/** Up to so many of both, one statement each: COPY costs a round trip more. */
const FEW_ROWS = 64;
const FEW_TOLD = 500;
/** Texts written in one go, before other work gets its turn. */
const AT_ONCE = 256;

/** A row as the fold left it, and the text that the table has: null where it has none, undefined where nobody knows it any more. */
export interface Touched {
  readonly key: string;
  readonly row: unknown;
  readonly before: string | null | undefined;
}

export interface RowChanges {
  readonly changed: readonly WrittenRow[];
  /** Keys, of those changed, that the table has already. */
  readonly existing: readonly string[];
  readonly removed: readonly string[];
}

/** What of these rows differs from the table. `text` is told each row's new one; null: none. */
export const changesOf = async (touched: Iterable<Touched>, text: (index: number, text: string | null) => void): Promise<RowChanges> => {
  const changed: WrittenRow[] = [];
  const existing: string[] = [];
  const removed: string[] = [];
  let index = 0;
  for (const { key, row, before } of touched) {
    const now = row === null ? null : canonicalJson(row);
    text(index, now);
    if (now === null) {
      if (before !== null) removed.push(key);
    } else if (now !== before) {
      changed.push({ key, row, text: now });
      if (before !== null) existing.push(key);
    }
    if ((index += 1) % AT_ONCE === 0) await turn();
  }
  return { changed, existing, removed };
};

/** The events told of one row, each with its place in the log's order. */
export interface Told {
  readonly ordinals: bigint[];
  readonly eventIds: EventId[];
}

/** What one transaction writes of one read model. */
export interface Sealed extends RowChanges {
  readonly told: ReadonlyMap<string, Told>;
  /** Rows that were deleted: what was told of them before is void. */
  readonly cleared: ReadonlySet<string>;
}

/** Where one read model's rows and evidence lie. */
export interface Into {
  readonly table: ReadModelTable;
  /** The table of evidence. */
  readonly evidence: string;
  /** The build's number there. */
  readonly projection: number;
}

/** The same as COPY takes it. */
export interface Encoded {
  /** Keys of rows that go, or are written anew. */
  readonly removed: readonly string[];
  readonly rows: readonly Uint8Array[];
  readonly cleared: readonly string[];
  readonly told: readonly Uint8Array[];
}

/** The write of what a transaction changes of one read model; all that needs no database is done before. */
export const readyToWrite = async (into: Into, sealed: Sealed): Promise<Write> => {
  if (sealed.changed.length <= FEW_ROWS && countOf(sealed.told) <= FEW_TOLD) return (client) => writeFew(client, into, sealed);
  const encoded = await encode(into, sealed);
  return (client) => writeEncoded(client, into, encoded);
};

export const encode = async (
  { table, projection }: Pick<Into, 'projection'> & { readonly table: Pick<ReadModelTable, 'copyRow'> },
  { changed, existing, removed, told, cleared }: Sealed,
): Promise<Encoded> => ({
  removed: [...removed, ...existing],
  rows: await pieces({ rows: changed, write: table.copyRow }),
  cleared: [...cleared],
  told: await pieces({ rows: told, write: copyTold(projection) }),
});

/** Other work gets its turn after each piece. */
const pieces = async <Row>(of: RowsToCopy<Row>): Promise<readonly Uint8Array[]> => {
  const all: Uint8Array[] = [];
  for (const piece of encodedRows(of)) {
    all.push(piece);
    await turn();
  }
  return all;
};

const copyTold =
  (projection: number) =>
  (to: BinaryRows, [key, { ordinals, eventIds }]: readonly [string, Told]): void => {
    to.row(4);
    to.int4(projection);
    to.text(key);
    to.int8Array(ordinals);
    to.uuidArray(eventIds);
  };

export const writeEncoded = async (
  client: PoolClient,
  { table, evidence, projection }: Into,
  { removed, rows, cleared, told }: Encoded,
): Promise<void> => {
  if (removed.length > 0) await client.query(table.remove, [removed]);
  if (rows.length > 0) await copyEncoded(client, table.copied, rows);
  if (cleared.length > 0) await clearEvidence(client, { evidence, projection, keys: cleared });
  if (told.length > 0) await copyEncoded(client, `${evidence} (projection, key, ordinals, event_ids)`, told);
  recycle([...rows, ...told]);
};

const writeFew = async (client: PoolClient, { table, evidence, projection }: Into, sealed: Sealed): Promise<void> => {
  const { changed, removed, told, cleared } = sealed;
  if (removed.length > 0) await client.query(table.remove, [removed]);
  if (changed.length > 0) await client.query(table.upsert, [...table.values(changed)]);
  if (cleared.size > 0) await clearEvidence(client, { evidence, projection, keys: [...cleared] });
  if (told.size > 0) await insertEvidence(client, { evidence, projection, told });
};

interface EvidenceOf {
  readonly evidence: string;
  readonly projection: number;
}

const clearEvidence = (client: PoolClient, { evidence, projection, keys }: EvidenceOf & { readonly keys: readonly string[] }) =>
  client.query(`delete from ${evidence} where projection = $1 and key = any($2)`, [projection, keys]);

const countOf = (told: Sealed['told']): number => {
  let count = 0;
  for (const { eventIds } of told.values()) count += eventIds.length;
  return count;
};

const insertEvidence = async (
  client: PoolClient,
  { evidence, projection, told }: EvidenceOf & { readonly told: Sealed['told'] },
): Promise<void> => {
  const keys = [...told].flatMap(([key, { eventIds }]) => eventIds.map(() => key));
  const all = [...told.values()];
  await client.query(
    `insert into ${evidence} (projection, key, ordinals, event_ids)
     select $1, key, array_agg(ordinal order by place), array_agg(event_id order by place)
     from unnest($2::text[], $3::bigint[], $4::uuid[]) with ordinality as given (key, ordinal, event_id, place) group by key`,
    [
      projection,
      wireArray(keys),
      `{${all.flatMap(({ ordinals }) => ordinals).join(',')}}`,
      `{${all.flatMap(({ eventIds }) => eventIds).join(',')}}`,
    ],
  );
};
