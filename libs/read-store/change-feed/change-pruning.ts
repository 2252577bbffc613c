import type { Pool } from 'pg';
import { BEGIN } from '../checkpoints/checkpoints';
import { buildsIn } from '../checkpoints/projection-table';
import { inTransaction } from '#postgres/transaction';
import { controlTables, READ_SCHEMA } from '../tables/table-names';

/** What is kept at most: rows of one build, and how long. */
export interface ChangeRetention {
  readonly changes: number;
  readonly hours: number;
}

const RETRY_DELAY_MS = 15_000;

/** Removes whole checkpoints alone, the oldest first, never one of the newest `kept.changes` rows. */
export const pruneChanges = async (pool: Pool, kept: ChangeRetention, schema: string = READ_SCHEMA): Promise<void> => {
  const tables = controlTables(schema);
  await pool.query(`delete from ${tables.change} where projection in (select id from ${buildsIn(tables, 'retired')} p)`);
  const { rows } = await pool.query<{ projection: number; upto: string }>(
    `select f.projection, greatest(
       (select max(position) from ${tables.change} old where old.projection = f.projection and old.position < (
         select position from ${tables.change} c where c.projection = f.projection order by position desc, ordinal desc offset $1 limit 1)),
       (select max(position) from ${tables.change} c where c.projection = f.projection and at < now() - make_interval(hours => $2))
     ) as upto from ${tables.changeFloor} f`,
    [kept.changes - 1, kept.hours],
  );
  for (const { projection: id, upto } of rows.filter((one) => one.upto !== null))
    await inTransaction(pool, BEGIN, async (client) => {
      // the floor first: whoever finds fewer changes than there were finds the floor as well
      await client.query(`update ${tables.changeFloor} set position = greatest(position, $2) where projection = $1`, [id, upto]);
      await client.query(`delete from ${tables.change} where projection = $1 and position <= $2`, [id, upto]);
    });
};

/** Prunes now and then until stopped; a database away is asked again. */
export const startPruning = (pool: Pool, kept: ChangeRetention, everyMs: number = RETRY_DELAY_MS): { stop(): Promise<void> } => {
  let under: Promise<void> = Promise.resolve();
  const timer = setInterval(() => {
    under = under.then(() => pruneChanges(pool, kept)).catch(() => undefined);
  }, everyMs);
  timer.unref();
  return {
    stop: async () => {
      clearInterval(timer);
      await under;
    },
  };
};
