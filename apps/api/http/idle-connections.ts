import type { IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import type { FastifyInstance } from 'fastify';

/**
 * Clients open connections in advance. Node ends those that are idle between two requests when a server closes, but waits a minute for
 * those over which no request ever came: here they end with the others.
 */
export const endUnaskedConnections = (server: FastifyInstance): void => {
  const unasked = new Set<Socket>();
  let closing = false;
  server.server.on('connection', (socket: Socket) => {
    if (closing) return void socket.destroy();
    unasked.add(socket);
    socket.once('close', () => unasked.delete(socket));
  });
  server.server.on('request', ({ socket }: IncomingMessage) => unasked.delete(socket));
  server.addHook('preClose', (done) => {
    closing = true;
    for (const socket of unasked) socket.destroy();
    done();
  });
};
