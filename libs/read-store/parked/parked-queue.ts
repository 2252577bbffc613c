import type { Pool, PoolClient } from 'pg';
import type { Codec } from '#event-store/codec.port';
import type { EventLog, Position, StoredEvent } from '#event-store/log.port';
import type { StreamName } from '#kernel/id';
import type { Entry } from '../checkpoints/consumer';
import { CHECKPOINT, countRepair, raiseEpochs, selectBuilds, type Checkpoint } from '../checkpoints/projection-table';
import { distinct } from '../fold/fold';
import { versionsOf } from '../fold/model-versions';
import { classOf, type Admitted, type Parking } from '../fold/poison-policy';
import type { AnyReadModel } from '../read-model';
import { readModelTable } from '../tables/read-model-table';
import { RowFolder } from '../fold/row-folder';
import { controlTables, READ_SCHEMA, type ControlTables } from '../tables/table-names';

export interface ParkedParts {
  readonly pool: Pool;
  readonly log: Pick<EventLog, 'readStream'>;
  readonly codec: Pick<Codec, 'decode'>;
  /** The code that there is: each build is folded by its own version's. */
  readonly models: readonly AnyReadModel[];
  /** Default `read`. */
  readonly schema?: string;
  /** Only tells whether it could be: throws `DryRunDone` at the end. */
  readonly dryRun?: boolean;
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
export interface RetryResult {
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

export interface ParkedBuild extends Checkpoint {
  readonly model: AnyReadModel;
}

/** One event of a row's queue. */
export interface WaitingEvent {
  readonly key: string;
  readonly position: Position;
  readonly stream: StreamName;
  readonly revision: number;
}

export interface Locked {
  readonly tables: ControlTables;
  readonly builds: readonly ParkedBuild[];
}

/** Every living build's row, locked in one order; the epoch of each rises, which voids what anybody folded ahead. */
export const locked = async (client: PoolClient, { models, schema = READ_SCHEMA }: ParkedParts, name: string): Promise<Locked> => {
  const tables = controlTables(schema);
  await selectBuilds(client, tables, { columns: ['id'], names: [name], lock: true });
  await raiseEpochs(client, tables, name);
  const rows = await selectBuilds(client, tables, { columns: CHECKPOINT, names: [name] });
  const versions = models.filter(({ projection }) => projection.name === name).flatMap(versionsOf);
  const builds = rows.flatMap((row) => {
    const model = versions.find(({ projection }) => projection.version === row.version);
    return model ? [{ ...row, model }] : [];
  });
  if (builds.length === 0) throw new ParkedRefused('no-code', `This Savoirs has no code for a build of ${name} that lives`);
  return { tables, builds };
};

/** What is parked of one row, in log order. */
export const queueOf = async (
  client: PoolClient,
  { parked }: ControlTables,
  { build, key }: { build: ParkedBuild; key: string },
): Promise<readonly WaitingEvent[]> => {
  const { rows } = await client.query<WaitingEvent>(
    `select key, position, stream, revision from ${parked}
     where projection = $1 and key = $2 and not unknown and state = 'parked' order by position`,
    [build.id, key],
  );
  return rows;
};

/** How many of a row's events, from its first on, wait behind no event of their stream whose rows nobody knows. */
export const firstFree = async (
  client: PoolClient,
  { parked }: ControlTables,
  { id }: ParkedBuild,
  queue: readonly WaitingEvent[],
): Promise<number> => {
  const { rows } = await client.query<{ stream: string; first: Position }>(
    `select key as stream, min(position) as first from ${parked}
     where projection = $1 and unknown and state = 'parked' and key = any($2) group by key`,
    [id, distinct(queue.map(({ stream }) => stream))],
  );
  const firsts = new Map(rows.map(({ stream, first }) => [stream, first]));
  const blocked = queue.findIndex(({ stream, position }) => (firsts.get(stream) ?? position) < position);
  return blocked === -1 ? queue.length : blocked;
};

/** Folds what throws nothing; `whole`: all of it, or nothing and the transaction is given up to the state before. */
export const foldQueue = async (
  client: PoolClient,
  { parts, tables }: Locked & { readonly parts: ParkedParts },
  { build, queue, whole }: { build: ParkedBuild; queue: readonly WaitingEvent[]; whole: boolean },
): Promise<RetryResult> => {
  const key = queue[0]!.key;
  const again = new RetryParking(build.model, key);
  const entries: Entry[] = [];
  for (const one of queue) entries.push(await entryOf(parts, one));
  await client.query('savepoint again');
  // Those who follow its changes have been told this position: they get a new snapshot instead.
  const { keepsChanges: _, ...model } = build.model;
  const folder = new RowFolder({
    ...{ model, table: readModelTable(build.model, parts.schema ?? READ_SCHEMA, build.build), tables, memoryBytes: 0 },
    ...{ pool: client, parkingAt: async () => again },
  });
  await folder.accept(entries, build);
  await (
    await folder.flush()()
  )(client);
  const { failure: failed } = again;
  const before = failed === null ? queue : queue.filter(({ position }) => position < failed.position);
  const folded = whole && failed !== null ? [] : before.map(({ position }) => position);
  if (folded.length === 0) await client.query('rollback to savepoint again');
  else await countRepair(client, tables, build.id);
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
class RetryParking implements Parking {
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

  readonly flush = () => async (): Promise<void> => undefined;
}

/** A parked event, as the log has it. */
export const entryOf = async (
  { log, codec }: Pick<ParkedParts, 'log' | 'codec'>,
  { stream, revision }: Pick<WaitingEvent, 'stream' | 'revision'>,
): Promise<Entry> => {
  let stored: StoredEvent | undefined;
  for await (const event of log.readStream(stream, { from: revision, limit: 1 })) stored = event;
  if (stored === undefined) throw new Error('a parked event is not in the log any more');
  const found = stored;
  return { stored: found, event: () => codec.decode(found) };
};
