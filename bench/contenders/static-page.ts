import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface StaticPage {
  readonly url: string;
  close(): void;
}

/** One page whose single script weighs as much as all of another's, and does nothing. */
export const serveStatic = async (bytes: number): Promise<StaticPage> => {
  const script = `/*${'.'.repeat(Math.max(0, bytes - 1000))}*/`;
  const page = '<!doctype html><title>-</title><script src="/all.js"></script><h1>-</h1>';
  const server = createServer(({ url }, reply) => {
    const [type, body] = url === '/all.js' ? ['text/javascript', script] : ['text/html', page];
    reply.writeHead(200, { 'content-type': type, 'cache-control': 'no-store' }).end(body);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`, close: () => void server.close() };
};
