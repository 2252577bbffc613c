import { isSqlState } from './sql-state';

/**
 * SQLSTATE classes of PostgreSQL whose faults are nobody's own: connection exception (08), insufficient resources as a full disk (53),
 * shutdown (57P), the disk's own faults (58); and what a socket says.
 */
const PASSING = /^(08\w{3}|53\w{3}|57P0\w|58\w{3}|ECONN[A-Z]+|EPIPE|ETIMEDOUT|EHOSTUNREACH|ENOTFOUND|EAI_AGAIN|ENOSPC)$/;
/** What the driver and its pool say without a code. */
const SAID =
  /^(Connection terminated|Client has encountered a connection error|timeout exceeded when trying to connect|Query read timeout|Cannot use a pool after calling end)/;

/** Undone by PostgreSQL so that others may go on. The same may be asked again at once. */
export const isUndoneForOthers = (fault: unknown): boolean => isSqlState(fault, 'deadlock', 'serializationFailure');

/** Whether the database, or the way to it, failed, and not what was asked of it: the same may work later. */
export const isLostServer = (fault: unknown): boolean => {
  if (typeof fault !== 'object' || fault === null) return false;
  const { code, name, message, cause } = fault as { code?: unknown; name?: unknown; message?: unknown; cause?: unknown };
  if (name === 'LogUnavailable' || (typeof code === 'string' && PASSING.test(code))) return true;
  return (typeof message === 'string' && SAID.test(message)) || (cause !== undefined && isLostServer(cause));
};
