import type { Socket } from 'node:net';
import { randomUUID } from 'node:crypto';
import { problemOfStatus } from './problem-of';

const STATUS: Readonly<Record<string, number>> = { HPE_HEADER_OVERFLOW: 431, ERR_HTTP_REQUEST_TIMEOUT: 408 };

/** Whoever goes on sending does not read: time for the answer to arrive, then the connection ends from this side, too. */
const LINGER_MS = 1_000;

/** Bytes that are no HTTP request: answered before there is a request, and the connection ends. */
export const refuseUnread = (fault: Error & { readonly code?: string }, socket: Socket): void => {
  if (fault.code === 'ECONNRESET' || socket.destroyed || !socket.writable) return void socket.destroy();
  const problem = problemOfStatus(STATUS[fault.code ?? ''] ?? 400).in('en', randomUUID());
  const body = JSON.stringify(problem);
  const ended = setTimeout(() => socket.destroy(), LINGER_MS).unref();
  socket.once('close', () => clearTimeout(ended));
  socket.end(
    [
      `HTTP/1.1 ${problem.status} ${problem.status === 400 ? 'Bad Request' : 'Refused'}`,
      'Content-Type: application/problem+json',
      `Content-Length: ${Buffer.byteLength(body)}`,
      'Cache-Control: no-store',
      'Connection: close',
      '',
      body,
    ].join('\r\n'),
  );
};
