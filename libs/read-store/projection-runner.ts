import type { PoolClient } from 'pg';
import { canonicalJson } from '#kernel/canonical-json';
import type { Consumer, Entry, Standpoint, Write } from './consumer';
import { distinct, emptyFolding, foldEvent, standingEvidence, type Folding } from './fold';
import type { AnyReadModel } from './read-model';
import { createTable, readModelTable, shapeText, type ReadModelTable } from './read-model-table';
import { controlTables, shapeOf, type ControlTables } from './schema';
import { wireArray } from './wire-array';

/** One read model as a consumer: loads the rows that a batch names, folds in memory, writes back what changed. */
export const readModelConsumer = (model: AnyReadModel, schema: string, build = 1): Consumer => {
  const { projection } = model;
  const table = readModelTable(model, schema, build);
  const tables = controlTables(schema);
  return {
    name: projection.name,
    version: projection.version,
    build,
    types: new Set(Object.keys(projection.handles)),
    decoded: true,
    shape: shapeOf(shapeText(model)),
    prepare: (client) => createTable(client, table),
    take:
      async (entries, at): Promise<Write> =>
      (client) =>
        writeBatch(client, { model, table, tables, entries, at }),
  };
};

interface Work {
  readonly model: AnyReadModel;
  readonly table: ReadModelTable;
  readonly tables: ControlTables;
  readonly entries: readonly Entry[];
  readonly at: Standpoint;
}

/** The checkpoint's row is locked before: nobody else moves these rows between the load and the commit. */
const writeBatch = async (client: PoolClient, work: Work): Promise<void> => {
  const events = work.entries.map(({ event }) => event());
  const keys = distinct(events.flatMap((event) => work.model.projection.keys(event)));
  if (keys.length === 0) return;
  const { rows: loaded } = await client.query<{ key: string; row: string }>(work.table.load, [wireArray(keys)]);
  const before = new Map(loaded.map(({ key, row }) => [key, row]));
  const folding: Folding<unknown> = emptyFolding();
  for (const [key, row] of before) folding.rows.set(key, JSON.parse(row));
  for (const event of events) foldEvent(work.model.projection, folding, event);
  await writeRows(client, work.table, { before, folding });
  await writeEvidence(client, work, folding);
};

const writeRows = async (
  client: PoolClient,
  table: ReadModelTable,
  { before, folding }: { before: ReadonlyMap<string, string>; folding: Folding<unknown> },
): Promise<void> => {
  const changed: { key: string; row: unknown; text: string }[] = [];
  const removed: string[] = [];
  for (const [key, row] of folding.rows) {
    if (row === null) {
      if (before.has(key)) removed.push(key);
      continue;
    }
    const text = canonicalJson(row);
    if (text !== before.get(key)) changed.push({ key, row, text });
  }
  if (removed.length > 0) await client.query(table.remove, [removed]);
  if (changed.length > 0) await client.query(table.upsert, [...table.values(changed)]);
};

const writeEvidence = async (client: PoolClient, { tables, at }: Work, folding: Folding<unknown>): Promise<void> => {
  const cleared = [...folding.cleared.keys()];
  if (cleared.length > 0) await client.query(`delete from ${tables.evidence} where projection = $1 and key = any($2)`, [at.id, cleared]);
  const evidence = standingEvidence(folding);
  if (evidence.length === 0) return;
  // `with ordinality` and `order by`: ordinals are given in log order.
  await client.query(
    `insert into ${tables.evidence} (projection, event_id, key)
     select $1, event_id, key from unnest($2::uuid[], $3::text[]) with ordinality as told (event_id, key, place) order by place`,
    [at.id, `{${evidence.map(({ eventId }) => eventId).join(',')}}`, wireArray(evidence.map(({ key }) => key))],
  );
};
