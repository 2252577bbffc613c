import { createServer, type AddressInfo } from 'node:net';
import { Pool, type PoolConfig } from 'pg';
import { followingClient } from './connect';

const message = (type: string, body: Buffer): Buffer => {
  const length = Buffer.alloc(4);
  length.writeInt32BE(body.length + 4);
  return Buffer.concat([Buffer.from(type), length, body]);
};
const welcome = [message('R', Buffer.alloc(4)), message('Z', Buffer.from('I'))];
const death = message('E', Buffer.from('SFATAL\0C57P01\0Mterminating connection due to unexpected postmaster exit\0\0'));

it('outlives a server that dies as it lets the connection in', async () => {
  const server = createServer((socket) => {
    socket.on('error', () => undefined);
    socket.once('data', () => socket.end(Buffer.concat([...welcome, death])));
  });
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const connection = { host: '127.0.0.1', port, user: 'u', password: 'p', database: 'd' };
  const pool = new Pool({ ...connection, Client: followingClient(() => Promise.resolve(connection)) } as PoolConfig);
  pool.on('error', () => undefined);
  await expect(pool.query('select 1')).rejects.toThrow();
  await pool.end();
  server.close();
});
