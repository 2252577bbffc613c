import type { Pool, PoolClient } from 'pg';
import { isUndoneForOthers } from './lost-server';

/** A connection of one's own; one that fails between two statements must not end the process. */
export const borrow = async (pool: Pool): Promise<{ readonly client: PoolClient; giveBack(broken: boolean): void }> => {
  const client = await pool.connect();
  const ignore = (): void => undefined; // the next statement tells it
  client.on('error', ignore);
  const giveBack = (broken: boolean): void => {
    client.off('error', ignore);
    client.release(broken);
  };
  return { client, giveBack };
};

/** Whole or not at all. A connection that cannot roll back is thrown away. */
export const inTransaction = async <T>(pool: Pool, begin: string, work: (client: PoolClient) => Promise<T>): Promise<T> => {
  const { client, giveBack } = await borrow(pool);
  let broken = false;
  try {
    await client.query(begin);
    const result = await work(client);
    await client.query('commit');
    return result;
  } catch (fault) {
    broken = await client.query('rollback').then(
      () => false,
      () => true,
    );
    throw fault;
  } finally {
    giveBack(broken);
  }
};

const ATTEMPTS = 5;

/** `inTransaction`, for work that keeps nothing but what it writes: done anew where PostgreSQL undid it for the sake of others. */
export const inRetriedTransaction = async <T>(pool: Pool, work: (client: PoolClient) => Promise<T>): Promise<T> => {
  for (let attempt = 1; ; attempt++) {
    try {
      return await inTransaction(pool, 'begin', work);
    } catch (fault) {
      if (attempt === ATTEMPTS || !isUndoneForOthers(fault)) throw fault;
    }
  }
};
