import type { Pool, PoolClient } from 'pg';
import type { Codec } from '#event-store/codec.port';
import type { EventLog, Position } from '#event-store/log.port';
import type { Clock } from '#kernel/clock';
import type { Instant, StreamName } from '#kernel/id';
import { raiseEpochs, selectBuilds } from '../checkpoints/projection-table';
import type { CommandQueue } from './command-queue';
import { ParkedRefused } from '../parked/parked-queue';
import type { AnyProcess } from './process-fold';
import { controlTables, PROCESS, READ_SCHEMA, type ControlTables } from '../tables/table-names';

export interface ParkedOrdersParts {
  readonly pool: Pool;
  readonly log: Pick<EventLog, 'readStream'>;
  readonly codec: Pick<Codec, 'decode'>;
  readonly processes: readonly AnyProcess[];
  readonly orders: CommandQueue;
  /** Answers what a due time asks, from read models that stand at the log's head. */
  readonly ask: (question: unknown) => Promise<unknown>;
  readonly clock: Clock;
  /** Default `read`. */
  readonly schema?: string;
  /** Only tells whether it could be: throws `DryRunDone`, and orders nothing. */
  readonly dryRun?: boolean;
}

/** A process that lives here, with the code for it. */
export interface LivingProcess {
  readonly tables: ControlTables;
  readonly process: AnyProcess;
  readonly id: number;
  readonly name: string;
  readonly version: number;
}

/** One parked cause, under one of its keys. */
export interface Cause {
  readonly unknown: boolean;
  readonly key: string;
  readonly position: Position;
  readonly eventId: string;
  readonly stream: StreamName;
  readonly revision: number;
  readonly answered: number;
  readonly silent: boolean;
  /** Name and moment of a due time; both empty: it is an event. */
  readonly due: string;
  readonly dueAt: Instant | '';
}

/** @throws ParkedRefused */
export const livingOf = async ({ pool, processes, schema = READ_SCHEMA }: ParkedOrdersParts, name: string): Promise<LivingProcess> => {
  const tables = controlTables(schema);
  const [row] = await selectBuilds(pool, tables, { columns: ['id', 'version'], names: [name] });
  const process = processes.find((one) => PROCESS + one.name === name && one.version === row?.version);
  if (!row || !process) throw new ParkedRefused('no-code', `This Savoirs has no code for ${name} as it lives here`);
  return { tables, process, name, ...row };
};

const COLUMNS = `unknown, key, position, event_id::text as "eventId", stream, revision, answered, silent, due, due_at as "dueAt"`;

interface Which {
  readonly key?: string;
  readonly eventId?: string;
  readonly limit?: number;
}

/** What waits, streams whose keys nobody knows first, then key by key in its order. */
export const causesOf = async (
  pool: Pick<Pool, 'query'>,
  { tables, id }: LivingProcess,
  { key, eventId, limit }: Which = {},
): Promise<readonly Cause[]> => {
  const { rows } = await pool.query<Cause>(
    `select ${COLUMNS} from ${tables.parked} where projection = $1 and state = 'parked'
       and ($2::text is null or key = $2) and ($3::uuid is null or event_id = $3) order by unknown desc, key, position, due limit $4`,
    [id, key ?? null, eventId ?? null, limit ?? null],
  );
  return rows;
};

const ONE = `projection = $1 and state = 'parked' and unknown = $2 and position = $3 and due = $4 and due_at = $5`;
const oneOf = ({ id }: LivingProcess, { unknown, position, due, dueAt }: Cause): readonly unknown[] => [id, unknown, position, due, dueAt];

/** All keys under which one cause waits; a due time has one. */
export const keysOf = async (pool: Pick<Pool, 'query'>, living: LivingProcess, cause: Cause): Promise<readonly string[]> => {
  if (cause.due !== '') return [cause.key];
  const { rows } = await pool.query<{ key: string }>(`select key from ${living.tables.parked} where ${ONE} order by key`, [
    ...oneOf(living, cause),
  ]);
  return rows.map(({ key }) => key);
};

/** What keeps a cause from its turn: an earlier one on one of its keys, or one of its stream whose keys nobody knows. */
export const obstacleOf = async (
  pool: Pick<Pool, 'query'>,
  { tables, id }: LivingProcess,
  { cause, keys }: { readonly cause: Cause; readonly keys: readonly string[] },
): Promise<'earlier' | 'unknown' | null> => {
  const { rows } = await pool.query<{ unknown: boolean }>(
    `select unknown from ${tables.parked} where projection = $1 and state = 'parked' and (position, due) < ($2, $3) and (
       not unknown and not $4 and key = any($5) or unknown and key = $6) order by unknown desc limit 1`,
    [id, cause.position, cause.due, cause.unknown, keys, cause.stream],
  );
  if (rows.length === 0) return null;
  return rows[0]!.unknown && !cause.unknown ? 'unknown' : 'earlier';
};

/** Under the lock that every move of the process takes. @throws ParkedRefused where it lives no more */
export const lockLiving = async (client: PoolClient, { tables, id, name }: LivingProcess): Promise<void> => {
  const living = await selectBuilds(client, tables, { columns: ['id'], ids: [id], lock: true });
  if (living.length !== 1) throw new ParkedRefused('no-code', `Another version of ${name} took over meanwhile`);
};

/** One cause under all of its keys. */
export interface ParkedTurn {
  readonly cause: Cause;
  readonly keys: readonly string[];
}

/** Takes one cause out of what waits. @throws ParkedRefused where somebody else has done so */
export const takeOut = async (
  client: PoolClient,
  living: LivingProcess,
  { cause, keys, as }: ParkedTurn & { readonly as: 'done' | 'skipped' },
) => {
  const { parked } = living.tables;
  const { rowCount } = await client.query(
    `${as === 'done' ? `delete from ${parked}` : `update ${parked} set state = 'skipped'`} where ${ONE} and key = any($6)`,
    [...oneOf(living, cause), keys],
  );
  if (rowCount !== keys.length)
    throw new ParkedRefused('nothing-parked', `Somebody else retried or skipped this in ${living.name} meanwhile`);
};

/** It threw again: it goes on waiting, from the order that threw on. */
export const noteFault = async (
  pool: Pick<Pool, 'query'>,
  living: LivingProcess,
  { cause, keys, fault, answered }: ParkedTurn & { readonly fault: string; readonly answered: number },
): Promise<void> => {
  await pool.query(`update ${living.tables.parked} set attempts = attempts + 1, fault = $7, answered = $8 where ${ONE} and key = any($6)`, [
    ...oneOf(living, cause),
    keys,
    fault,
    answered,
  ]);
};

/** Where nothing waits any more, whoever works ahead took it for parked still, and must look again. */
export const freeIfLast = async (client: PoolClient, { tables, id }: LivingProcess, keys: readonly string[]): Promise<void> => {
  const { rowCount } = await client.query(
    `select from unnest($2::text[]) as one (key) where not exists (
       select from ${tables.parked} k where k.projection = $1 and k.state = 'parked' and k.key = one.key)`,
    [id, keys],
  );
  if (rowCount) await raiseEpochs(client, tables, [id]);
};
