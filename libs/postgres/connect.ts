import { connect as dial } from 'node:net';
import { Client, Pool, type PoolConfig } from 'pg';
import { type Connection, connectionString } from './connection';
import { attachEmbedded } from './embedded-server';
import { checkExternalServer } from './external-server';
import type { PostgresSettings } from './settings';

export interface PostgresHandle {
  /** As of now: an embedded server that had to start again may have moved to another port. */
  readonly connectionString: string;
  /** A pool that outlives restarts of the server. Ended by `release`, or earlier by whoever asked for it. */
  pool(options?: PoolConfig): Pool;
  /** Embedded: starts the server again if it died. Your own server: rejects while it cannot serve. */
  ensureRunning(): Promise<void>;
  /** Ends the pools; the last process out stops an embedded server. May be called twice. */
  release(): Promise<void>;
}

export interface OpenOptions {
  /** Told in one line where the data lies, when it is not where it was asked for. Default: stderr. */
  readonly notice?: (line: string) => void;
}

const accepts = ({ host, port }: Connection): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = dial({ host, port });
    const answer = (open: boolean): void => {
      socket.destroy();
      resolve(open);
    };
    socket.once('connect', () => answer(true)).once('error', () => answer(false));
  });

/**
 * A client that asks where the server is before each new connection, and has it started again when it is gone. It hears its own
 * errors from the first: the pool listens a moment after the connection stands, and a server may die in that moment.
 */
export const followingClient = (whereabouts: () => Promise<Connection>): typeof Client =>
  class extends Client {
    override connect(): Promise<Client>;
    override connect(callback: (fault: Error) => void): void;
    override connect(callback?: (fault: Error) => void): Promise<Client> | void {
      this.on('error', () => undefined);
      const connected = whereabouts().then(async ({ host, port }) => {
        Object.assign(this, { host, port });
        return (await super.connect()) as unknown as Client;
      });
      if (callback === undefined) return connected;
      (connected as Promise<unknown>).then(() => callback(undefined as unknown as Error), callback);
    }
  };

const poolKeeper = (): { readonly keep: (pool: Pool) => Pool; readonly endAll: () => Promise<void> } => {
  const pools = new Set<Pool>();
  return {
    keep: (pool) => {
      // An idle client whose server goes away is dropped by the pool; without a listener the process would die of it.
      pool.on('error', () => undefined);
      // One that is lent out belongs to whoever holds it: between two statements it would be the process's death, too.
      pool.on('connect', (client) => void client.on('error', () => undefined));
      pools.add(pool);
      return pool;
    },
    endAll: async () => {
      await Promise.all([...pools].filter((pool) => !pool.ended && !pool.ending).map((pool) => pool.end()));
    },
  };
};

const openOwn = async (url: string): Promise<PostgresHandle> => {
  await checkExternalServer(url);
  const { keep, endAll } = poolKeeper();
  return {
    connectionString: url,
    pool: (options = {}) => keep(new Pool({ application_name: 'savoirs', connectionString: url, ...options })),
    ensureRunning: () => checkExternalServer(url),
    release: endAll,
  };
};

const openEmbedded = async (
  settings: PostgresSettings & { readonly kind: 'embedded' },
  notice: (line: string) => void,
): Promise<PostgresHandle> => {
  const server = await attachEmbedded(settings.folder, notice, settings.serverOptions);
  const { keep, endAll } = poolKeeper();
  const whereabouts = async (): Promise<Connection> => {
    const known = server.connection();
    return (await accepts(known)) ? known : server.ensureRunning();
  };
  return {
    get connectionString() {
      return connectionString(server.connection());
    },
    pool: (options = {}) =>
      keep(
        new Pool({ application_name: 'savoirs', ...server.connection(), ...options, Client: followingClient(whereabouts) } as PoolConfig),
      ),
    ensureRunning: async () => void (await server.ensureRunning()),
    release: async () => {
      await endAll();
      await server.release();
    },
  };
};

/**
 * Opens the database that the settings name.
 * @throws StartFailure with one sentence and an exit code (docs/exit-codes.md)
 * @example const db = await openPostgres(readPostgresSettings(process.env)); const pool = db.pool({ max: 10 });
 */
export const openPostgres = (
  settings: PostgresSettings,
  { notice = (line) => void process.stderr.write(`${line}\n`) }: OpenOptions = {},
): Promise<PostgresHandle> => (settings.kind === 'server' ? openOwn(settings.url) : openEmbedded(settings, notice));
