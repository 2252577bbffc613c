import { setImmediate as turn } from 'node:timers/promises';
import type { PoolClient } from 'pg';
import type { EventId } from '#kernel/id';
import { copyEncoded, encodedRows, recycle, type CopyEncoder, type RowsToCopy } from '../tables/copy-encoder';
import type { Pace, PendingWrite } from '../checkpoints/consumer';
import type { ReadModelTable, WrittenRow } from '../tables/read-model-table';
import { arrayLiteral } from '../tables/array-literal';

/** Up to so many of both, one statement each: COPY costs a round trip more. */
const FEW_ROWS = 64;
const FEW_TOLD = 500;

export interface RowChanges {
  readonly changed: readonly WrittenRow[];
  /** Keys, of those changed, that the table has already. */
  readonly existing: readonly string[];
  readonly removed: readonly string[];
}

/** An event that a row rests on, with its place in the log's order: a number among all that the event at this position tells. */
export interface EvidenceEntry {
  readonly eventId: EventId;
  readonly position: number;
  readonly place: number;
  /** The next that was told of this row. */
  next: EvidenceEntry | undefined;
}

/** The events told of one row, in the log's order. */
export class RowEvidence {
  readonly first: EvidenceEntry;
  private last: EvidenceEntry;
  count = 1;

  constructor(
    readonly key: string,
    told: EvidenceEntry,
  ) {
    this.first = this.last = told;
  }

  add(told: EvidenceEntry): void {
    this.last.next = told;
    this.last = told;
    this.count += 1;
  }
}

/** What one transaction writes of one read model. */
export interface Sealed extends RowChanges {
  readonly told: readonly RowEvidence[];
  /** Rows that were deleted: what was told of them before is void. */
  readonly cleared: ReadonlySet<string>;
  /** Told the length of the text of one of `changed` that had none, once it is made. */
  readonly sized?: (index: number, bytes: number) => void;
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
export const readyToWrite = async (into: Into, sealed: Sealed): Promise<PendingWrite> => {
  if (sealed.changed.length <= FEW_ROWS && countOf(sealed.told) <= FEW_TOLD) return (client) => writeFew(client, into, sealed);
  const encoded = await encode(into, sealed);
  return (client, pace) => writeEncoded(client, into, { ...encoded, ...(pace ? { pace } : {}) });
};

export const encode = async (
  { table, projection }: Pick<Into, 'projection'> & { readonly table: Pick<ReadModelTable, 'copyRow'> },
  { changed, existing, removed, told, cleared, sized }: Sealed,
): Promise<Encoded> => {
  let index = 0;
  const write = (to: CopyEncoder, row: WrittenRow): void => {
    const bytes = table.copyRow(to, row);
    if (row.text === undefined) sized?.(index, bytes);
    index += 1;
  };
  return {
    removed: [...removed, ...existing],
    rows: await pieces({ rows: changed, write }),
    cleared: [...cleared],
    told: await pieces({ rows: told, write: copyTold(projection) }),
  };
};

/** Other work gets its turn after each piece. */
const pieces = async <Row>(of: RowsToCopy<Row>): Promise<readonly Uint8Array[]> => {
  const all: Uint8Array[] = [];
  for (const piece of encodedRows(of)) {
    all.push(piece);
    await turn();
  }
  return all;
};

/** An evidence's ordinal is its event's position times this, and its place. */
const PLACES = 2 ** 16;
const HALF = 2 ** 32;

const ordinalOf = ({ position, place }: EvidenceEntry): bigint => BigInt(position) * BigInt(PLACES) + BigInt(place);

const copyTold =
  (projection: number) =>
  (to: CopyEncoder, { key, first, count }: RowEvidence): void => {
    to.row(4);
    to.int4(projection);
    to.text(key);
    const ordinals = to.beginArray('int8', count);
    for (let told: EvidenceEntry | undefined = first; told; told = told.next) {
      // Without a big integer for each.
      const low = (told.position % PLACES) * PLACES + told.place;
      to.int8Halves(Math.floor(told.position / PLACES) + Math.floor(low / HALF), low % HALF);
    }
    to.endArray(ordinals);
    const eventIds = to.beginArray('uuid', count);
    for (let told: EvidenceEntry | undefined = first; told; told = told.next) to.uuid(told.eventId);
    to.endArray(eventIds);
  };

export const writeEncoded = async (
  client: PoolClient,
  { table, evidence, projection }: Into,
  { removed, rows, cleared, told, ...paced }: Encoded & { readonly pace?: Pace },
): Promise<void> => {
  if (removed.length > 0) await client.query(table.remove, [removed]);
  if (rows.length > 0) await copyEncoded(client, table.copied, { pieces: rows, ...paced });
  if (cleared.length > 0) await clearEvidence(client, { evidence, projection, keys: cleared });
  if (told.length > 0) await copyEncoded(client, `${evidence} (projection, key, ordinals, event_ids)`, { pieces: told, ...paced });
  recycle([...rows, ...told]);
};

const writeFew = async (client: PoolClient, { table, evidence, projection }: Into, sealed: Sealed): Promise<void> => {
  const { changed, removed, told, cleared } = sealed;
  if (removed.length > 0) await client.query(table.remove, [removed]);
  if (changed.length > 0) await client.query(table.upsert, [...table.values(changed)]);
  if (cleared.size > 0) await clearEvidence(client, { evidence, projection, keys: [...cleared] });
  if (told.length > 0) await insertEvidence(client, { evidence, projection, told });
};

interface EvidenceOf {
  readonly evidence: string;
  readonly projection: number;
}

const clearEvidence = (client: PoolClient, { evidence, projection, keys }: EvidenceOf & { readonly keys: readonly string[] }) =>
  client.query(`delete from ${evidence} where projection = $1 and key = any($2)`, [projection, keys]);

const countOf = (told: Sealed['told']): number => {
  let count = 0;
  for (const one of told) count += one.count;
  return count;
};

const insertEvidence = async (
  client: PoolClient,
  { evidence, projection, told }: EvidenceOf & { readonly told: Sealed['told'] },
): Promise<void> => {
  const keys: string[] = [];
  const all: EvidenceEntry[] = [];
  for (const { key, first } of told) {
    for (let one: EvidenceEntry | undefined = first; one; one = one.next) {
      keys.push(key);
      all.push(one);
    }
  }
  await client.query(
    `insert into ${evidence} (projection, key, ordinals, event_ids)
     select $1, key, array_agg(ordinal order by place), array_agg(event_id order by place)
     from unnest($2::text[], $3::bigint[], $4::uuid[]) with ordinality as given (key, ordinal, event_id, place) group by key`,
    [projection, arrayLiteral(keys), `{${all.map(ordinalOf).join(',')}}`, `{${all.map(({ eventId }) => eventId).join(',')}}`],
  );
};
