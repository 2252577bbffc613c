import type { Pool, PoolClient } from 'pg';
import type { Codec } from '#event-store/codec.port';
import type { EventLog, Position, StoredEvent } from '#event-store/log.port';
import type { StreamName } from '#kernel/id';
import type { Entry, Standpoint } from './consumer';
import { distinct } from './fold';
import { versionsOf } from './line';
import { classOf, type Admitted, type Parking } from './parking';
import type { AnyReadModel } from './read-model';
import { readModelTable } from './read-model-table';
import { RowFolder } from './row-folder';
import { controlTables, inTransaction, READ_SCHEMA, Rehearsed, type ControlTables } from './schema';

export interface ParkedParts {
  readonly pool: Pool;
  readonly log: Pick<EventLog, 'readStream'>;
  readonly codec: Pick<Codec, 'decode'>;
  /** The code that there is: each build is folded by its own version's. */
  readonly models: readonly AnyReadModel[];
  /** Default `read`. */
  readonly schema?: string;
  /** Only tells whether it could be: throws `Rehearsed` at the end. */
  readonly rehearsal?: boolean;
}

export type ParkedRefusal =
  | 'nothing-parked'
  /** Another waits before it. */
  | 'not-first'
  /** Its rows were never known, or it waits behind such an event of its stream: later events may have moved them. A rebuild heals it. */
  | 'rows-unknown'
  /** More than one row lacks the event. */
  | 'several-rows'
  | 'no-code';

/** Something that an operator asked for and that cannot be: a code, and a sentence for people. */
export class ParkedRefused extends Error {
  constructor(
    readonly code: ParkedRefusal,
    message: string,
  ) {
    super(message);
    this.name = 'ParkedRefused';
  }
}

/** What became of one row's parked events in one build. */
export interface Again {
  readonly name: string;
  readonly version: number;
  readonly build: number;
  readonly key: string;
  readonly folded: number;
  /** Still parked, for the first of them throws. */
  readonly left: number;
  /** Class of what the first of those left threw. */
  readonly fault: string | null;
}

interface Build extends Standpoint {
  readonly model: AnyReadModel;
}

interface Waiting {
  readonly key: string;
  readonly position: Position;
  readonly stream: StreamName;
  readonly revision: number;
}

/**
 * Folds what is parked of one row again, in log order, in every living build: a row's events all or none.
 * Whoever follows reloads: what it remembered of the rows is void. @throws ParkedRefused
 */
export const retryParked = (parts: ParkedParts, of: { readonly name: string; readonly key: string }): Promise<readonly Again[]> =>
  inTransaction(parts.pool, 'begin', async (client) => {
    const at = await locked(client, parts, of.name);
    const done: Again[] = [];
    for (const build of at.builds) {
      const queue = await queueOf(client, at.tables, { build, key: of.key });
      if (queue.length === 0) continue;
      if ((await firstFree(client, at.tables, build, queue)) < queue.length)
        throw new ParkedRefused('rows-unknown', `an event of ${of.name} waits behind one whose rows nobody knows: rebuild it`);
      done.push(await foldQueue(client, { parts, ...at }, { build, queue, whole: true }));
    }
    if (done.length === 0) await refuseUnknown(client, at, of);
    if (parts.rehearsal) throw new Rehearsed();
    return done;
  });

/** An event as an operator sees it in the list. */
export interface Skipped {
  readonly name: string;
  readonly key: string;
  readonly unknown: boolean;
  readonly eventId: string;
}

/**
 * Drops the first parked event of a row for good, in every living build and in those to come, and folds the ones behind it, up to the
 * next that throws. Whoever asks records who and why. @throws ParkedRefused
 */
export const skipParked = (parts: ParkedParts, of: Skipped): Promise<readonly Again[]> =>
  inTransaction(parts.pool, 'begin', async (client) => {
    const at = await locked(client, parts, of.name);
    await refuseBehind(client, at, of);
    const { rows } = await client.query<{ projection: number; stream: string }>(
      `update ${at.tables.parked} set state = 'skipped' where projection = any($1) and event_id = $2 and key = $3 and unknown = $4 and state = 'parked'
       returning projection, stream`,
      [at.builds.map(({ id }) => id), of.eventId, of.key, of.unknown],
    );
    const done: Again[] = [];
    for (const { projection, stream } of rows) {
      const build = at.builds.find(({ id }) => id === projection)!;
      const keys = of.unknown ? await keysBehind(client, at.tables, { build, stream }) : [of.key];
      for (const key of keys) {
        const queue = await queueOf(client, at.tables, { build, key });
        const free = await firstFree(client, at.tables, build, queue);
        if (free > 0) done.push(await foldQueue(client, { parts, ...at }, { build, queue: queue.slice(0, free), whole: false }));
      }
    }
    if (parts.rehearsal) throw new Rehearsed();
    return done;
  });

interface Locked {
  readonly tables: ControlTables;
  readonly builds: readonly Build[];
}

/** Every living build's row, locked in one order; the epoch of each rises, which voids what anybody folded ahead. */
const locked = async (client: PoolClient, { models, schema = READ_SCHEMA }: ParkedParts, name: string): Promise<Locked> => {
  const tables = controlTables(schema);
  await client.query(`select 1 from ${tables.projection} where name = $1 and state <> 'retired' order by version, build for update`, [
    name,
  ]);
  const { rows } = await client.query<Omit<Build, 'model'>>(
    `update ${tables.projection} set lease_epoch = lease_epoch + 1 where name = $1 and state <> 'retired'
     returning id, name, version, build, position, lease_epoch::text as epoch, state, silent_until as "silentUntil"`,
    [name],
  );
  const versions = models.filter(({ projection }) => projection.name === name).flatMap(versionsOf);
  const builds = rows.flatMap((row) => {
    const model = versions.find(({ projection }) => projection.version === row.version);
    return model ? [{ ...row, model }] : [];
  });
  if (builds.length === 0) throw new ParkedRefused('no-code', `This Savoirs has no code for a build of ${name} that lives`);
  return { tables, builds };
};

const queueOf = async (
  client: PoolClient,
  { parked }: ControlTables,
  { build, key }: { build: Build; key: string },
): Promise<readonly Waiting[]> => {
  const { rows } = await client.query<Waiting>(
    `select key, position, stream, revision from ${parked}
     where projection = $1 and key = $2 and not unknown and state = 'parked' order by position`,
    [build.id, key],
  );
  return rows;
};

/** How many of a row's events, from its first on, wait behind no event of their stream whose rows nobody knows. */
const firstFree = async (client: PoolClient, { parked }: ControlTables, { id }: Build, queue: readonly Waiting[]): Promise<number> => {
  const { rows } = await client.query<{ stream: string; first: Position }>(
    `select key as stream, min(position) as first from ${parked}
     where projection = $1 and unknown and state = 'parked' and key = any($2) group by key`,
    [id, distinct(queue.map(({ stream }) => stream))],
  );
  const firsts = new Map(rows.map(({ stream, first }) => [stream, first]));
  const blocked = queue.findIndex(({ stream, position }) => (firsts.get(stream) ?? position) < position);
  return blocked === -1 ? queue.length : blocked;
};

/** Rows whose first parked event is of this stream. */
const keysBehind = async (
  client: PoolClient,
  { parked }: ControlTables,
  { build, stream }: { build: Build; stream: string },
): Promise<readonly string[]> => {
  const { rows } = await client.query<{ key: string }>(
    `select key from (select distinct on (key) key, stream from ${parked}
       where projection = $1 and not unknown and state = 'parked' order by key, position) as firsts where stream = $2 order by key`,
    [build.id, stream],
  );
  return rows.map(({ key }) => key);
};

/** Folds what throws nothing; `whole`: all of it, or nothing and the transaction is given up to the state before. */
const foldQueue = async (
  client: PoolClient,
  { parts, tables }: Locked & { readonly parts: ParkedParts },
  { build, queue, whole }: { build: Build; queue: readonly Waiting[]; whole: boolean },
): Promise<Again> => {
  const key = queue[0]!.key;
  const again = new FoldsAgain(build.model, key);
  const entries: Entry[] = [];
  for (const one of queue) entries.push(await entryOf(parts, one));
  await client.query('savepoint again');
  const folder = new RowFolder({
    ...{ model: build.model, table: readModelTable(build.model, parts.schema ?? READ_SCHEMA, build.build), tables, memoryBytes: 0 },
    ...{ pool: client, parkingAt: async () => again },
  });
  await folder.take(entries, build);
  await (
    await folder.seal()()
  )(client);
  const { failure: failed } = again;
  const before = failed === null ? queue : queue.filter(({ position }) => position < failed.position);
  const folded = whole && failed !== null ? [] : before.map(({ position }) => position);
  if (folded.length === 0) await client.query('rollback to savepoint again');
  await client.query(`delete from ${tables.parked} where projection = $1 and key = $2 and not unknown and position = any($3)`, [
    ...[build.id, key, folded],
  ]);
  if (failed !== null) {
    await client.query(
      `update ${tables.parked} set attempts = attempts + 1, fault = $4 where projection = $1 and key = $2 and not unknown and position = $3`,
      [build.id, key, failed.position, failed.fault],
    );
  }
  const { name, version } = build;
  return {
    ...{ name, version, build: build.build, key },
    folded: folded.length,
    left: queue.length - folded.length,
    fault: failed?.fault ?? null,
  };
};

/** Folds one row only, up to the first event that throws. */
class FoldsAgain implements Parking {
  failure: { readonly position: Position; readonly fault: string } | null = null;

  constructor(
    private readonly model: AnyReadModel,
    private readonly key: string,
  ) {}

  /** The mended fold may name this row no more: then there is nothing to do for it. */
  readonly admit = (entry: Entry): Admitted | null => {
    try {
      const event = entry.event();
      return { event, keys: this.model.projection.keys(event).filter((key) => key === this.key) };
    } catch (fault) {
      this.failed(entry, this.key, fault);
      return null;
    }
  };

  readonly mayFold = ({ stored }: Entry): boolean => this.failure === null || stored.position <= this.failure.position;

  readonly failed = ({ stored: { position } }: Entry, _key: string, fault: unknown): void => {
    if (this.failure === null || position < this.failure.position) this.failure = { position, fault: classOf(fault) };
  };

  readonly seal = () => async (): Promise<void> => undefined;
}

const entryOf = async ({ log, codec }: ParkedParts, { stream, revision }: Waiting): Promise<Entry> => {
  let stored: StoredEvent | undefined;
  for await (const event of log.readStream(stream, { from: revision, limit: 1 })) stored = event;
  if (stored === undefined) throw new Error('a parked event is not in the log any more');
  const found = stored;
  return { stored: found, event: () => codec.decode(found) };
};

const refuseUnknown = async (client: PoolClient, { tables, builds }: Locked, { name, key }: { name: string; key: string }) => {
  const { rowCount } = await client.query(
    `select 1 from ${tables.parked} where projection = any($1) and unknown and key = $2 and state = 'parked' limit 1`,
    [builds.map(({ id }) => id), key],
  );
  if (rowCount) throw new ParkedRefused('rows-unknown', `nobody knows which rows of ${name} this event belongs to: rebuild it`);
  throw new ParkedRefused('nothing-parked', `nothing of ${name} is parked there`);
};

const refuseBehind = async (client: PoolClient, { tables, builds }: Locked, of: Skipped): Promise<void> => {
  const { rows } = await client.query<{ first: boolean }>(
    `select k.position = (select min(o.position) from ${tables.parked} o
       where o.projection = k.projection and o.key = k.key and o.unknown = k.unknown and o.state = 'parked') as first
     from ${tables.parked} k where projection = any($1) and event_id = $2 and key = $3 and unknown = $4 and state = 'parked'`,
    [builds.map(({ id }) => id), of.eventId, of.key, of.unknown],
  );
  if (rows.length === 0) throw new ParkedRefused('nothing-parked', `this event of ${of.name} is not parked there`);
  if (!rows.some(({ first }) => first)) throw new ParkedRefused('not-first', `another event of ${of.name} waits before this one there`);
};
