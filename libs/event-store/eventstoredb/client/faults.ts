import {
  AccessDeniedError,
  InvalidArgumentError,
  MaxAppendSizeExceededError,
  StreamDeletedError,
  StreamNotFoundError,
  WrongExpectedVersionError,
} from '@eventstore/db-client';
import { LogUnavailable } from '../../log.port';
import { eventLimitIn } from './event-too-large';

/** What the end of one attempt to append says. */
export type AttemptFault =
  | { readonly kind: 'wrong'; readonly actual: number | 'none' }
  /** `limit` as the server counts: with what lies beside an event's texts. */
  | { readonly kind: 'too-large'; readonly what: 'event' | 'append'; readonly limit: number }
  /** The server refused, and asking again will not change that. */
  | { readonly kind: 'refused'; readonly error: Error }
  /** Nobody knows; `sent` where the append may have reached a server. */
  | { readonly kind: 'unknown'; readonly sent: boolean; readonly error: unknown };

/** No server was reached, so nothing can have been stored. */
const NOT_SENT = /No connection established|ECONNREFUSED|Failed to discover|Name resolution failed|Failed to connect/;

export const attemptFault = (error: unknown): AttemptFault => {
  if (error instanceof WrongExpectedVersionError) {
    return { kind: 'wrong', actual: typeof error.actualVersion === 'bigint' ? Number(error.actualVersion) : 'none' };
  }
  if (error instanceof MaxAppendSizeExceededError) return { kind: 'too-large', what: 'append', limit: error.maxAppendSize };
  const eventLimit = eventLimitIn(error);
  if (eventLimit !== undefined) return { kind: 'too-large', what: 'event', limit: eventLimit };
  if (error instanceof StreamDeletedError) return { kind: 'refused', error: new Error('the log refused: the stream was deleted for good') };
  if (error instanceof AccessDeniedError || error instanceof InvalidArgumentError) {
    return { kind: 'refused', error: new LogUnavailable(`the log refused (${error.type})`, false) };
  }
  return { kind: 'unknown', sent: !(error instanceof Error && NOT_SENT.test(error.message)), error };
};

export const isMissingStream = (error: unknown): boolean => error instanceof StreamNotFoundError;

/** Asking again will not help. */
export const isFinal = (error: unknown): boolean =>
  error instanceof StreamDeletedError || error instanceof AccessDeniedError || error instanceof InvalidArgumentError;

/** Names the kind only: a server's or the client's message may quote what was sent, or the address with its password. */
export const unavailable = (error: unknown, ambiguous = false): LogUnavailable => {
  if (error instanceof LogUnavailable) return error;
  const named = error as { type?: unknown; code?: unknown } | undefined;
  const kind = typeof named?.type === 'string' ? named.type : named?.code;
  return new LogUnavailable(`the log did not answer${kind === undefined ? '' : ` (${String(kind)})`}`, ambiguous);
};
