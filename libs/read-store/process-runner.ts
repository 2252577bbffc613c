import type { Pool, PoolClient } from 'pg';
import type { RecordedEvent } from '#event-store/codec.port';
import type { Position } from '#event-store/log.port';
import type { DueTimes, Process } from '#kernel/process';
import { canonicalJson } from '#kernel/canonical-json';
import { commandIdOf } from './command-ids';
import { LostRace, type Consumer, type Entry, type Standpoint, type Write } from './consumer';
import { distinct } from './fold';
import type { Order, Orders, Task } from './orders';
import { controlTables, PROCESS, shapeOf, type ControlTables } from './schema';
import { wireArray } from './wire-array';

/** One among others: what each folds and orders is its own affair. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any -- a list mixes event, row and command types that no union can name
export type AnyProcess = Process<any, any, any>;

export interface ProcessParts {
  readonly pool: Pool;
  readonly schema: string;
  readonly orders: Orders;
  /** Answers what a due time asks, from read models that stand at the log's head. */
  readonly ask: (question: unknown) => Promise<unknown>;
}

interface SetDue {
  readonly at: string;
  readonly network: string;
  readonly correlation: string;
  readonly causation: string;
}

/** One key's row and due times, as they stand after the events folded so far. */
interface Held {
  row: unknown;
  readonly before: string | null;
  /** The row was deleted: its earlier due times went with it. */
  cleared: boolean;
  readonly dues: Map<string, SetDue | null>;
}

/**
 * One process as a consumer: folds its rows, and has every command answered, before the transaction that moves its checkpoint.
 * A crash between the two brings the same events again, and so the same command ids: at least once, made once.
 */
export const processConsumer = (process: AnyProcess, { pool, schema, orders }: Omit<ProcessParts, 'ask'>): Consumer => {
  const tables = controlTables(schema);
  return {
    name: PROCESS + process.name,
    version: process.version,
    build: 1,
    types: new Set(Object.keys(process.handles)),
    decoded: true,
    shape: shapeOf('process'),
    prepare: async () => undefined,
    take: async (entries, at, signal): Promise<Write> => {
      const held = await load(pool, tables, { at, keys: keysOf(process, entries) });
      const tasks = entries.flatMap((entry) => foldOne(process, held, { event: entry.event(), silent: isSilent(entry, at) }));
      await orders.run(tasks, signal);
      return (client) => store(client, tables, { at, held });
    },
  };
};

const isSilent = ({ stored }: Entry, { silentUntil }: Standpoint): boolean => stored.position <= (silentUntil as Position);

const keysOf = (process: AnyProcess, entries: readonly Entry[]): readonly string[] =>
  distinct(entries.flatMap((entry) => process.keys(entry.event())));

/** In one statement, so that rows and checkpoint are of one moment: commands decided on rows further on would be other commands. */
const load = async (
  pool: Pool,
  { projection, processRow }: ControlTables,
  { at, keys }: { at: Standpoint; keys: readonly string[] },
): Promise<ReadonlyMap<string, Held>> => {
  const { rows } = await pool.query<{ key: string | null; row: string | null }>(
    `select r.key, r.row from ${projection} p left join ${processRow} r on r.process = p.id and r.key = any($4)
     where p.id = $1 and p.position = $2 and p.lease_epoch = $3 and p.state <> 'retired'`,
    [at.id, at.position, at.epoch, wireArray(keys)],
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

const foldOne = (
  process: AnyProcess,
  held: ReadonlyMap<string, Held>,
  { event, silent }: { event: RecordedEvent; silent: boolean },
): readonly Task[] => {
  const keys = distinct(process.keys(event));
  const orders: Order[] = [];
  const { eventId: causationId, correlationId, network } = event.meta;
  for (const key of keys) {
    const one = held.get(key)!;
    const { row, due } = process.evolve(one.row ?? undefined, event, key);
    keep(one, row, { due: due ?? {}, event });
    if (row === null || silent) continue;
    for (const order of process.react(row, event, key)) {
      orders.push({
        order,
        ids: { commandId: commandIdOf(causationId, process.name, orders.length), causationId, correlationId, network },
      });
    }
  }
  return orders.length > 0 ? [{ process: process.name, keys, orders }] : [];
};

/** Later events must not change what this one's row was: rows are values, and stay so. */
const keep = (one: Held, row: unknown, { due, event }: { due: DueTimes; event: RecordedEvent }): void => {
  one.row = row;
  if (row === null) {
    one.cleared = true;
    one.dues.clear();
    return;
  }
  const { network, correlationId: correlation, eventId: causation } = event.meta;
  for (const [name, at] of Object.entries(due)) one.dues.set(name, at === null ? null : { at, network, correlation, causation });
};

const store = async (
  client: PoolClient,
  tables: ControlTables,
  { at, held }: { at: Standpoint; held: ReadonlyMap<string, Held> },
): Promise<void> => {
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
      [at.id, wireArray(changed.map(({ key }) => key)), wireArray(changed.map(({ text }) => text))],
    );
  }
  await storeDues(client, tables, { at, held });
};

const storeDues = async (
  client: PoolClient,
  { due }: ControlTables,
  { at, held }: { at: Standpoint; held: ReadonlyMap<string, Held> },
): Promise<void> => {
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
