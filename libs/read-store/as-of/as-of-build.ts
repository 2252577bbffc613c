import type { PoolClient } from 'pg';
import type { Codec } from '#event-store/codec.port';
import type { EventLog } from '#event-store/log.port';
import type { EventId } from '#kernel/id';
import type { Mark } from './log-position';
import type { AnyReadModel } from '../read-model';
import { readModelTable, shapeText } from '../tables/read-model-table';
import { readyToWrite, RowEvidence, type Into } from '../fold/row-writer';
import { controlTables, quotedName, shapeOf } from '../tables/table-names';
import { insertBuild } from '../checkpoints/projection-table';
import { foldSorted, type FoldProgress, type SortedRow } from '../fold/sorted-fold';

export interface Wanted {
  readonly logId: string;
  readonly model: AnyReadModel;
  readonly place: Mark;
}

export interface Building extends Wanted {
  readonly log: Pick<EventLog, 'readAll'>;
  readonly codec: Pick<Codec, 'decode'>;
  /** Where the present lies: its tables are the pattern. */
  readonly schema: string;
  readonly budget: number;
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: FoldProgress) => void;
}

export const scratchSchema = (schema: string, id: number): string => `${schema}_as_of_${id}`;

/** What a scratch version is found by, in the order of `as_of`'s columns. */
export const keyOf = ({ logId, model, place }: Wanted): readonly [string, string, number, string, string] => {
  const { name, version } = model.projection;
  return [logId, name, version, shapeOf(shapeText(model)), place.position];
};

/** Rows enough to be worth a round trip. */
const BATCH = 1000;

const toldOf = ({ key, evidence, ordinals }: SortedRow): readonly RowEvidence[] => {
  let told: RowEvidence | undefined;
  for (const [index, place] of ordinals.entries()) {
    // Ids of events, as the fold told them.
    const one = { eventId: evidence[index] as EventId, position: 0, place, next: undefined };
    if (told) told.add(one);
    else told = new RowEvidence(key, one);
  }
  return told ? [told] : [];
};

const write = async (client: PoolClient, into: Into, rows: readonly SortedRow[]): Promise<void> => {
  const changed = rows.map(({ key, row, value }) => ({ key, row: value, text: row }));
  const sealed = { changed, existing: [], removed: [], told: rows.flatMap(toldOf), cleared: new Set<string>() };
  await (
    await readyToWrite(into, sealed)
  )(client);
};

/** The control tables that a read store asks, of the same columns as the present's, with this one model in them. */
const makeControlTables = async (client: PoolClient, scratch: string, { schema, logId, model, place }: Building): Promise<number> => {
  const [present, past] = [controlTables(schema), controlTables(scratch)];
  const { name, version } = model.projection;
  await client.query(`create schema ${quotedName(scratch)}`);
  await client.query(`create table ${past.projection} (like ${present.projection} including all)`);
  await client.query(`create table ${past.evidence} (like ${present.evidence} including all)`);
  const { position, recordedAt } = place;
  const at = { position, silentUntil: position, logId, recordedAt };
  return insertBuild(client, past, { name, version, build: 1, ...at, state: 'active', shape: shapeOf(shapeText(model)) });
};

/**
 * Folds the log up to that place into a schema of its own, within the transaction of `client`: killed at any point, nothing of it
 * is there. Rows hold references only: texts are those of today, whoever asks.
 */
export const buildScratch = async (client: PoolClient, building: Building): Promise<number> => {
  const { schema, model, place, log, codec, budget, signal, onProgress } = building;
  const { rows: made } = await client.query<{ id: number }>(
    `insert into ${controlTables(schema).asOf} (log_id, model, version, shape, position) values ($1, $2, $3, $4, $5) returning id`,
    [...keyOf(building)],
  );
  const id = made[0]!.id;
  const scratch = scratchSchema(schema, id);
  const projection = await makeControlTables(client, scratch, building);
  const table = readModelTable(model, scratch);
  const [create, ...indexes] = table.create;
  await client.query(create!);
  const into = { table, evidence: controlTables(scratch).evidence, projection };
  let batch: SortedRow[] = [];
  let rows = 0;
  const told = { ...(signal ? { signal } : {}), ...(onProgress ? { onProgress } : {}) };
  for await (const row of foldSorted({ log, codec, model, until: place.position, budget, ...told })) {
    rows += 1;
    if (batch.push(row) < BATCH) continue;
    await write(client, into, batch);
    batch = [];
  }
  await write(client, into, batch);
  for (const index of indexes) await client.query(index);
  await client.query(
    `update ${controlTables(schema).asOf} set rows = $2, bytes = (
       select coalesce(sum(pg_total_relation_size(c.oid)), 0) from pg_class c where c.relnamespace = $3::regnamespace and c.relkind = 'r')
     where id = $1`,
    [id, rows, quotedName(scratch)],
  );
  return id;
};
