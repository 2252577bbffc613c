import type { Pool, PoolClient } from 'pg';
import type { RecordedEvent } from '#event-store/codec.port';
import { canonicalJson } from '#kernel/canonical-json';
import type { DueTimes } from '#kernel/process';
import { LostRace } from '../checkpoints/consumer';
import { buildsIn, type Checkpoint } from '../checkpoints/projection-table';
import type { ControlTables } from '../tables/table-names';
import { arrayLiteral } from '../tables/array-literal';

interface SetDue {
  readonly at: string;
  readonly network: string;
  readonly correlation: string;
  readonly causation: string;
}

/** One key's row and due times, as they stand after the events folded so far. */
export interface HeldKey {
  row: unknown;
  readonly before: string | null;
  /** The row was deleted: its earlier due times went with it. */
  cleared: boolean;
  readonly dues: Map<string, SetDue | null>;
}

/** What one event makes of one key. */
export interface Effect {
  readonly key: string;
  readonly row: unknown;
  readonly due: DueTimes;
}

/** In one statement, so that rows and checkpoint are of one moment: commands decided on rows further on would be other commands. */
export const loadHeld = async (
  pool: Pick<Pool, 'query'>,
  tables: ControlTables,
  { at, keys }: { readonly at: Checkpoint; readonly keys: readonly string[] },
): Promise<ReadonlyMap<string, HeldKey>> => {
  const { rows } = await pool.query<{ key: string | null; row: string | null }>(
    `select r.key, r.row from ${buildsIn(tables)} p left join ${tables.processRow} r on r.process = p.id and r.key = any($4)
     where p.id = $1 and p.position = $2 and p.lease_epoch = $3`,
    [at.id, at.position, at.epoch, arrayLiteral(keys)],
  );
  if (rows.length === 0) throw new LostRace(at.name);
  const found = new Map(rows.map(({ key, row }) => [key, row]));
  return new Map(
    keys.map((key) => {
      const text = found.get(key) ?? null;
      return [key, { row: text === null ? null : JSON.parse(text), before: text, cleared: false, dues: new Map() }];
    }),
  );
};

/** Later events must not change what this one's row was: rows are values, and stay so. */
export const keep = (one: HeldKey, { row, due }: Effect, event: RecordedEvent): void => {
  one.row = row;
  if (row === null) {
    one.cleared = true;
    one.dues.clear();
    return;
  }
  const { network, correlationId: correlation, eventId: causation } = event.meta;
  for (const [name, at] of Object.entries(due)) one.dues.set(name, at === null ? null : { at, network, correlation, causation });
};

interface Storing {
  readonly at: Pick<Checkpoint, 'id'>;
  readonly held: ReadonlyMap<string, HeldKey>;
}

export const storeHeld = async (client: PoolClient, tables: ControlTables, { at, held }: Storing): Promise<void> => {
  const all = [...held];
  const removed = all.filter(([, { row, before }]) => row === null && before !== null).map(([key]) => key);
  const changed = all.flatMap(([key, { row, before }]) => {
    const text = row === null ? null : canonicalJson(row);
    return text === null || text === before ? [] : [{ key, text }];
  });
  if (removed.length > 0) await client.query(`delete from ${tables.processRow} where process = $1 and key = any($2)`, [at.id, removed]);
  if (changed.length > 0) {
    await client.query(
      `insert into ${tables.processRow} (process, key, row) select $1, key, row from unnest($2::text[], $3::text[]) as given (key, row)
       on conflict (process, key) do update set row = excluded.row`,
      [at.id, arrayLiteral(changed.map(({ key }) => key)), arrayLiteral(changed.map(({ text }) => text))],
    );
  }
  await storeDues(client, tables, { at, held });
};

const storeDues = async (client: PoolClient, { due }: ControlTables, { at, held }: Storing): Promise<void> => {
  const cleared = [...held].filter(([, one]) => one.cleared).map(([key]) => key);
  const named = [...held].flatMap(([key, { dues }]) => [...dues].map(([name, set]) => ({ key, name, set })));
  const gone = named.filter(({ set }) => set === null);
  const given = named.flatMap(({ key, name, set }) => (set === null ? [] : [{ key, name, ...set }]));
  if (cleared.length > 0) await client.query(`delete from ${due} where process = $1 and key = any($2)`, [at.id, cleared]);
  if (gone.length > 0) {
    await client.query(
      `delete from ${due} d using unnest($2::text[], $3::text[]) as gone (key, name) where d.process = $1 and d.key = gone.key and d.name = gone.name`,
      [at.id, gone.map(({ key }) => key), gone.map(({ name }) => name)],
    );
  }
  if (given.length === 0) return;
  await client.query(
    `insert into ${due} (process, key, name, at, network, correlation, causation)
     select $1, * from unnest($2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[])
     on conflict (process, key, name) do update set
       at = excluded.at, network = excluded.network, correlation = excluded.correlation, causation = excluded.causation`,
    [
      at.id,
      given.map(({ key }) => key),
      given.map(({ name }) => name),
      given.map((one) => one.at),
      given.map(({ network }) => network),
      given.map(({ correlation }) => correlation),
      given.map(({ causation }) => causation),
    ],
  );
};
