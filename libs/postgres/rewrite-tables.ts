import { setTimeout as sleep } from 'node:timers/promises';
import type { ClientBase, Pool } from 'pg';
import { isSqlState } from './sql-state';
import { borrow } from './transaction';

export interface Rewriting {
  /** With their schemas, as SQL takes them. */
  readonly tables: readonly string[];
  /** Asked once it is this rewrite's turn: another one may have done it meanwhile. */
  readonly isDue?: () => Promise<boolean>;
  /** Told where the server does not let us finish: an operator grants the right, or accepts it. */
  readonly onForbidden?: (what: 'checkpoint' | 'switch of the write-ahead log') => void;
}

/** Any number that no other part of Savoirs locks by. */
const LOCK = 7_262_004;
const TURN_TIMEOUT_MS = 60_000;
/** Readers and writers queue behind a rewrite that waits: it gives up first. */
const LOCK_TIMEOUT = '5s';
const SNAPSHOT_TIMEOUT_MS = 5_000;
const POLL_MS = 20;

/**
 * Rewrites tables and their indexes, so that no file of the server holds a deleted row: neither the tables', nor the write-ahead log's.
 * The order counts: the old segments of the write-ahead log go with a checkpoint that begins in a new one. One at a time in a database.
 * False where it must be tried again: a table is in use, or a transaction is open that still sees the deleted rows.
 * @example if (await rewriteTables(pool, { tables: ['keys.identity'] })) …
 */
export const rewriteTables = async (pool: Pool, rewriting: Rewriting): Promise<boolean> => {
  const { client, giveBack } = await borrow(pool);
  let broken = true;
  try {
    const done = (await isOurTurn(client)) && (await rewriteInTurn(client, rewriting));
    await client.query(`select pg_advisory_unlock_all()`);
    await client.query('reset lock_timeout');
    broken = false;
    return done;
  } finally {
    giveBack(broken);
  }
};

const rewriteInTurn = async (client: ClientBase, { tables, isDue, onForbidden }: Rewriting): Promise<boolean> => {
  if (isDue && !(await isDue())) return true;
  if (!(await noOlderSnapshot(client))) return false;
  try {
    await client.query(`set lock_timeout = '${LOCK_TIMEOUT}'`);
    for (const table of tables) if ((await deadRowsKept(client, table)) > 0) return false;
  } catch (fault) {
    if (isSqlState(fault, 'lockNotAvailable')) return false;
    throw fault;
  }
  for (const [what, statement] of AFTERWARDS) {
    await client.query(statement).catch((fault: unknown) => {
      if (!isSqlState(fault, 'notPermitted')) throw fault;
      onForbidden?.(what);
    });
  }
  return true;
};

/** By the server's own word: a standby's readers hold rows back, too, and no view of the sessions here shows them. */
const deadRowsKept = async (client: ClientBase, table: string): Promise<number> => {
  let kept = 0;
  // the detail begins with the number, in every language
  const count = ({ detail }: { readonly detail?: string | undefined }): void => void (kept += Number(/\d+/.exec(detail ?? '')?.[0] ?? 0));
  client.on('notice', count);
  try {
    await client.query(`vacuum (full, verbose) ${table}`);
  } finally {
    client.off('notice', count);
  }
  return kept;
};

const AFTERWARDS = [
  ['switch of the write-ahead log', 'select pg_switch_wal()'],
  ['checkpoint', 'checkpoint'],
] as const;

/** Asked again and again until `ms` are over. */
const until = async (ms: number, isSo: () => Promise<boolean>): Promise<boolean> => {
  for (const end = performance.now() + ms; ;) {
    if (await isSo()) return true;
    if (performance.now() >= end) return false;
    await sleep(POLL_MS);
  }
};

/** Not by a statement that waits for the lock: it would itself see the rows that are to go. */
const isOurTurn = (client: ClientBase): Promise<boolean> =>
  until(TURN_TIMEOUT_MS, async () => {
    const { rows } = await client.query<{ ours: boolean }>(`select pg_try_advisory_lock(${LOCK}) as ours`);
    return rows[0]?.ours === true;
  });

/**
 * A rewrite copies the deleted rows that an open transaction still sees: those that began before now must have ended. It is one itself, and sees
 * what was there when the oldest writer of the server began, in whichever database. The server's own vacuum holds nobody back; its analysis does.
 */
const noOlderSnapshot = async (client: ClientBase): Promise<boolean> => {
  const { rows } = await client.query<{ now: string }>('select pg_current_xact_id()::text as now');
  return until(SNAPSHOT_TIMEOUT_MS, async () => {
    const { rowCount } = await client.query(
      `select where pg_snapshot_xmin(pg_current_snapshot()) > $1::xid8 and not exists (
         select from pg_stat_activity a where datname = current_database() and pid <> pg_backend_pid()
         and age(backend_xmin) >= age($1::xid8::xid) and not exists (select from pg_stat_progress_vacuum v where v.pid = a.pid))`,
      [rows[0]?.now],
    );
    return rowCount === 1;
  });
};
