import { sql } from 'kysely';
import { tableName } from '#read-store/tables/table-names';
import type { Mutant } from '../runner/self-test';
import type { ReadSums } from './workload';
import { NAME } from './models';
import type { RebuildsHarness } from './harness';

/** A known bug of rebuilds, planted from outside: what a naive runtime would do at that moment. */
export interface RebuildMutant extends Mutant {
  /** Instead of beginning a build beside the one that serves. */
  readonly begin?: (harness: RebuildsHarness) => Promise<void>;
  /** Just after a build began. */
  readonly begun?: (harness: RebuildsHarness) => Promise<void>;
  /** How clients read. */
  readonly read?: () => ReadSums;
  /** Clients have the newest version's code alone. */
  readonly newestOnly?: boolean;
}

const newest = `(select max(id) from read.projection where name = '${NAME}' and state <> 'retired')`;

/** The projector is on its way back, so that what is planted meets a build of no rows. */
const beginWhileAway = async (harness: RebuildsHarness): Promise<void> => {
  await harness.kill();
  await harness.builds.rebuild({ name: NAME, byHand: false }).run();
};

const takeOver = async ({ pool }: RebuildsHarness): Promise<void> => {
  const client = await pool.connect();
  await client.query('begin');
  await client.query(
    `update read.projection set state = 'ready', by_hand = true, keep_until = now() + interval '1 minute' where name = $1 and state = 'active'`,
    [NAME],
  );
  await client.query(`update read.projection set state = 'active' where id = ${newest}`);
  await client.query('commit');
  client.release();
};

/** The table's name, remembered from the first answer on. */
const rememberingTheTable = (): ReadSums => {
  let remembered: string | null = null;
  return async (store, model) => {
    const { readPosition, result } = await store.read([model], (tx, table) => {
      remembered ??= table(model);
      return sql<{ minutes: number; times: number }>`select coalesce(sum(minutes), 0)::int as minutes, coalesce(sum(times), 0)::int as times
        from ${sql.table(remembered)}`.execute(tx);
    });
    return { ...result.rows[0]!, position: readPosition.position };
  };
};

export const MUTANTS: readonly RebuildMutant[] = [
  { bug: 'a new build serves as soon as it has begun', begin: beginWhileAway, begun: takeOver },
  {
    bug: 'rebuilds in place: the rows that serve are deleted, the checkpoint goes to the start',
    begin: async (harness) => {
      const { version, build } = await harness.active();
      await harness.pool.query(
        `with gone as (delete from read.${tableName({ name: NAME, version, build })})
         update read.projection set position = repeat('0', 20), lease_epoch = lease_epoch + 1 where name = $1 and state = 'active'`,
        [NAME],
      );
    },
  },
  { bug: 'clients know the newest version’s code alone', newestOnly: true },
  { bug: 'clients remember the table’s name', read: rememberingTheTable },
  {
    bug: 'a build takes over uncompared, its checkpoint at the head and its rows not there',
    begin: beginWhileAway,
    begun: async (harness) => {
      await harness.pool.query(
        `update read.projection set position = (select position from read.projection where name = $1 and state = 'active'), lease_epoch = lease_epoch + 1
         where id = ${newest}`,
        [NAME],
      );
      await takeOver(harness);
    },
  },
  {
    bug: 'a build loses rows: the comparison keeps it from taking over',
    begin: beginWhileAway,
    begun: async ({ pool }) => {
      await pool.query(
        `update read.projection set position = (select position from read.projection where name = $1 and state = 'active'), lease_epoch = lease_epoch + 1
         where id = ${newest}`,
        [NAME],
      );
    },
  },
];
