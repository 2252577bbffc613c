import type { PoolClient } from 'pg';
import {
  firstFree,
  foldQueue,
  locked,
  ParkedRefused,
  queueOf,
  type RetryResult,
  type ParkedBuild,
  type Locked,
  type ParkedParts,
} from './parked-queue';
import { inRetriedTransaction } from '#postgres/transaction';
import { DryRunDone, type ControlTables } from '../tables/table-names';

/**
 * Folds what is parked of one row again, in log order, in every living build: a row's events all or none.
 * Whoever follows reloads: what it remembered of the rows is void. @throws ParkedRefused
 */
export const retryParked = (parts: ParkedParts, of: { readonly name: string; readonly key: string }): Promise<readonly RetryResult[]> =>
  inRetriedTransaction(parts.pool, async (client) => {
    const at = await locked(client, parts, of.name);
    const done: RetryResult[] = [];
    for (const build of at.builds) {
      const queue = await queueOf(client, at.tables, { build, key: of.key });
      if (queue.length === 0) continue;
      if ((await firstFree(client, at.tables, build, queue)) < queue.length)
        throw new ParkedRefused('rows-unknown', `an event of ${of.name} waits behind one whose rows nobody knows: rebuild it`);
      done.push(await foldQueue(client, { parts, ...at }, { build, queue, whole: true }));
    }
    if (done.length === 0) await refuseUnknown(client, at, of);
    if (parts.dryRun) throw new DryRunDone();
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
export const skipParked = (parts: ParkedParts, of: Skipped): Promise<readonly RetryResult[]> =>
  inRetriedTransaction(parts.pool, async (client) => {
    const at = await locked(client, parts, of.name);
    await refuseBehind(client, at, of);
    const { rows } = await client.query<{ projection: number; stream: string }>(
      `update ${at.tables.parked} set state = 'skipped' where projection = any($1) and event_id = $2 and key = $3 and unknown = $4 and state = 'parked'
       returning projection, stream`,
      [at.builds.map(({ id }) => id), of.eventId, of.key, of.unknown],
    );
    const done: RetryResult[] = [];
    for (const { projection, stream } of rows) {
      const build = at.builds.find(({ id }) => id === projection)!;
      const keys = of.unknown ? await keysBehind(client, at.tables, { build, stream }) : [of.key];
      for (const key of keys) {
        const queue = await queueOf(client, at.tables, { build, key });
        const free = await firstFree(client, at.tables, build, queue);
        if (free > 0) done.push(await foldQueue(client, { parts, ...at }, { build, queue: queue.slice(0, free), whole: false }));
      }
    }
    if (parts.dryRun) throw new DryRunDone();
    return done;
  });

/** Rows whose first parked event is of this stream. */
const keysBehind = async (
  client: PoolClient,
  { parked }: ControlTables,
  { build, stream }: { build: ParkedBuild; stream: string },
): Promise<readonly string[]> => {
  const { rows } = await client.query<{ key: string }>(
    `select key from (select distinct on (key) key, stream from ${parked}
       where projection = $1 and not unknown and state = 'parked' order by key, position) as firsts where stream = $2 order by key`,
    [build.id, stream],
  );
  return rows.map(({ key }) => key);
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
