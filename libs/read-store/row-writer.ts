import { setImmediate as turn } from 'node:timers/promises';
import type { PoolClient } from 'pg';
import { canonicalJson } from '#kernel/canonical-json';
import type { EventId } from '#kernel/id';
import { copyRows, type BinaryRows } from './binary-rows';
import type { ReadModelTable, WrittenRow } from './read-model-table';
import type { ControlTables } from './schema';
import { wireArray } from './wire-array';

/** Up to so many, one statement: COPY costs a round trip more. */
const FEW_ROWS = 64;
const FEW_TOLD = 500;
/** Texts written in one go, before other work gets its turn. */
const AT_ONCE = 32;

/** A row as the fold left it, and the text that the table has. */
export interface Touched {
  readonly key: string;
  readonly row: unknown;
  readonly before: string | null;
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

export const writeRows = async (client: PoolClient, table: ReadModelTable, { changed, existing, removed }: RowChanges): Promise<void> => {
  if (changed.length <= FEW_ROWS) {
    if (removed.length > 0) await client.query(table.remove, [removed]);
    if (changed.length > 0) await client.query(table.upsert, [...table.values(changed)]);
    return;
  }
  if (removed.length + existing.length > 0) await client.query(table.remove, [[...removed, ...existing]]);
  await copyRows(client, table.copied, { rows: changed, write: table.copyRow });
};

/** The events told of one row, each with its place in the log's order. */
export interface Told {
  readonly ordinals: bigint[];
  readonly eventIds: EventId[];
}

/** What one transaction writes of one read model. */
export interface Sealed extends RowChanges, Evidence {}

export interface Evidence {
  readonly told: ReadonlyMap<string, Told>;
  /** Rows that were deleted: what was told of them before is void. */
  readonly cleared: ReadonlySet<string>;
}

export const writeEvidence = async (
  client: PoolClient,
  { evidence }: ControlTables,
  { projection, told, cleared }: Evidence & { readonly projection: number },
): Promise<void> => {
  if (cleared.size > 0) await client.query(`delete from ${evidence} where projection = $1 and key = any($2)`, [projection, [...cleared]]);
  if (told.size === 0) return;
  if (countOf(told) <= FEW_TOLD) return insertEvidence(client, evidence, { projection, told });
  await copyRows(client, copiedEvidence(evidence), { rows: told, write: copyEvidence(projection) });
};

/** What `copy` writes into: table and columns. */
export const copiedEvidence = (evidence: string): string => `${evidence} (projection, key, ordinals, event_ids)`;

export const copyEvidence =
  (projection: number) =>
  (to: BinaryRows, [key, { ordinals, eventIds }]: readonly [string, Told]): void => {
    to.row(4);
    to.int4(projection);
    to.text(key);
    to.int8Array(ordinals);
    to.uuidArray(eventIds);
  };

const countOf = (told: Evidence['told']): number => {
  let count = 0;
  for (const { eventIds } of told.values()) count += eventIds.length;
  return count;
};

const insertEvidence = async (
  client: PoolClient,
  evidence: string,
  { projection, told }: Pick<Evidence, 'told'> & { readonly projection: number },
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
