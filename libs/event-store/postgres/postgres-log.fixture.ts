import { once } from 'node:events';
import { createServer, connect, type AddressInfo, type Socket } from 'node:net';
import { testDatabase, type TestDatabase } from '#testing/test-database';
import { aStream } from '../contract/subject';
import type { EventToAppend } from '../log.port';
import { appendAll } from './append-statement';
import { PostgresLog, type PostgresLogOptions } from './postgres-log';

export let database: TestDatabase;

/** One database for a file's tests. */
export const withDatabase = (): void => {
  beforeAll(async () => {
    database = await testDatabase();
  });
  afterAll(() => database.drop());
};

export const emptied = () => database.pool.query('drop schema if exists log cascade');

const opened: PostgresLog[] = [];

/** An empty log before each test; what `open` opened is closed after it. */
export const withEmptyLog = (): void => {
  beforeEach(async () => void (await emptied()));
  afterEach(() => Promise.all(opened.splice(0).map((log) => log.close())));
};

export const open = async (options?: PostgresLogOptions, url = database.url): Promise<PostgresLog> => {
  const log = await PostgresLog.open(url, options);
  opened.push(log);
  return log;
};

/** Runs `during` while a transaction by hand has stored `held` and keeps its place open. */
export const holding = async (held: EventToAppend, end: 'commit' | 'rollback', during: () => Promise<void>): Promise<void> => {
  const client = await database.pool.connect();
  try {
    await client.query('begin');
    await appendAll(client, [{ stream: aStream(), expected: 'none', events: [held], bytes: 0 }]);
    await during();
    await client.query(end);
  } finally {
    client.release();
  }
};

export const waitingForLock = async (count = 1): Promise<number[]> => {
  for (;;) {
    const text = `select pid from pg_stat_activity where application_name = 'savoirs-log' and wait_event_type = 'Lock' and datname = current_database()`;
    const { rows } = await database.pool.query<{ pid: number }>(text);
    if (rows.length >= count) return rows.map(({ pid }) => pid);
  }
};

/** A line to the server that can lose the server's answers, be cut, and be closed. */
export const cuttingLine = async (server: URL) => {
  const sockets = new Set<Socket>();
  let swallowing = false;
  const proxy = createServer((near) => {
    const far = connect(Number(server.port), server.hostname);
    for (const socket of [near, far]) {
      sockets.add(socket);
      socket.on('error', () => undefined);
      socket.on('close', () => (near.destroy(), far.destroy(), sockets.delete(socket)));
    }
    near.pipe(far);
    far.on('data', (chunk) => !swallowing && near.write(chunk));
  });
  const listen = async (port: number): Promise<number> => {
    proxy.listen(port, '127.0.0.1');
    await once(proxy, 'listening');
    return (proxy.address() as AddressInfo).port;
  };
  const port = await listen(0);
  const url = new URL(server);
  url.host = `127.0.0.1:${port}`;
  const cut = (): void => {
    swallowing = false;
    for (const socket of sockets) socket.destroy();
  };
  return {
    url: url.href,
    cut,
    swallowAnswers: () => void (swallowing = true),
    close: () => (proxy.close(), cut()),
    reopen: () => listen(port),
  };
};
