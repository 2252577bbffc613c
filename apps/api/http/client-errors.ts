import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { acceptedLanguage } from './accepted';
import { problemOfStatus } from '../problems/problem-of';

const STATUS: Readonly<Record<string, number>> = { HPE_HEADER_OVERFLOW: 431, ERR_HTTP_REQUEST_TIMEOUT: 408 };

/** Whoever goes on sending does not read: time for the answer to arrive, then the connection ends from this side, too. */
const LINGER_MS = 1_000;

const isOfHead = (packet: unknown): boolean => Buffer.isBuffer(packet) && packet.toString('latin1', 0, 5) === 'HEAD ';

/** Bytes that are no HTTP request: answered before there is a request, and the connection ends. */
export const refuseUnread = (fault: Error & { readonly code?: string; readonly rawPacket?: unknown }, socket: Socket): void => {
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
      // nothing follows the head of an answer to HEAD: it would be taken for the next answer
      isOfHead(fault.rawPacket) ? '' : body,
    ].join('\r\n'),
  );
};

/** `Expect` with anything but `100-continue`: Node answers it itself, before there is a route. */
export const refuseExpectation = ({ headers }: IncomingMessage, response: ServerResponse): void => {
  const problem = problemOfStatus(417).in(acceptedLanguage(headers['accept-language']) ?? 'en', randomUUID());
  response.writeHead(problem.status, { 'content-type': 'application/problem+json', 'cache-control': 'no-store', connection: 'close' });
  response.end(JSON.stringify(problem));
};
