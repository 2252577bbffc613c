import { codeOf, isSqlState } from '#postgres/sql-state';
import { LogUnavailable } from '../log.port';

interface ServerError extends Error {
  readonly code: string;
  readonly severity: string;
}

const isServerError = (error: unknown): error is ServerError =>
  error instanceof Error && 'severity' in error && 'code' in error && typeof error.code === 'string';

/** The server says that it undid the statement; a FATAL only says that the connection ends. */
export const isUndone = (error: unknown): error is ServerError => isServerError(error) && error.severity === 'ERROR';

/** Undone by a race with another transaction: a unique key, a serialization failure, a deadlock. */
export const isLostRace = (error: unknown): boolean =>
  isUndone(error) && isSqlState(error, 'uniqueViolation', 'serializationFailure', 'deadlock');

/** Undone for what a value was: sent without its neighbours, it fails alone. */
export const isAboutValues = (error: unknown): boolean => isUndone(error) && ['22', '23', '54'].includes(error.code.slice(0, 2));

/** The fault of an append that was sent: without the server's word that it was undone, it may have been committed. */
export const appendFault = (error: unknown): LogUnavailable => (isUndone(error) ? unavailable(error) : unavailable(error, true));

/** Names the code only: a server's message may quote what was sent. */
export const unavailable = (error: unknown, ambiguous = false): LogUnavailable => {
  if (error instanceof LogUnavailable) return error;
  const code = codeOf(error);
  return new LogUnavailable(`the log did not answer${code === '' ? '' : ` (${code})`}`, ambiguous, { cause: error });
};
