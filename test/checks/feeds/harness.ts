import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Pool } from 'pg';
import { developmentIdentities } from '#apps/installation/development-identities';
import { readSettings } from '#apps/installation/settings';
import { createCodec } from '#event-store/codec/codec';
import type { Codec } from '#event-store/codec.port';
import type { EventLog, Position } from '#event-store/log.port';
import { memoryKeys } from '#keys/memory-keys';
import { matchQueueModel } from '#projections/match-queue/match-queue.table';
import { allVersionsOf } from '#read-store/fold/model-versions';
import { rebuild } from '#read-store/builds/operations';
import { READ_SCHEMA } from '#read-store/tables/table-names';
import { freePort } from '#testing/processes/free-port';
import { ScratchLogs } from '../runner/scratch-logs';
import { COPY } from './invariants';
import { startProgram, type Program } from '../runner/program';

const MODEL = 'match-queue';

/** A database, the API and a projector, each in a process of its own. */
export interface FeedsHarness {
  readonly networkId: string;
  readonly log: EventLog;
  readonly codec: Codec;
  readonly pool: Pool;
  readonly url: string;
  /** The API that runs now. */
  server(): Program;
  /** SIGTERM, and a new process on the same port. Answers the exit code. */
  restart(): Promise<number | null>;
  token(of: number): Promise<string>;
  /** Begins a further build of the read model; it takes over by itself. */
  rebuild(): Promise<void>;
  /** The build that is asked, and where it stands. */
  active(): Promise<{ readonly build: number; readonly position: Position }>;
  /** Clients that were cut as they did not read, by the API that runs now. */
  cut(): Promise<number>;
}

export interface FeedsSetup {
  readonly kept: number;
  /** Other than the right one: a bug as well. */
  readonly drainSeconds?: number;
  /** A bug for the server to have. */
  readonly bug?: string;
}

const IDENTITIES = 10;

/** So long a client may take nothing. */
export const DRAIN_SECONDS = 5;

const environment = (url: string, folder: string, { kept, drainSeconds = DRAIN_SECONDS, bug }: FeedsSetup): NodeJS.ProcessEnv => {
  const { PATH, HOME, TMPDIR } = process.env;
  return {
    ...{ PATH, HOME, TMPDIR, DATABASE_URL: url, SAVOIRS_DATA: folder, HOST: '127.0.0.1', SAVOIRS_PROJECTOR: '0', LOG_LEVEL: 'error' },
    ...{ SAVOIRS_REQUESTS_PER_MINUTE: '1000000', SAVOIRS_FEEDS_PER_IDENTITY: '1000', SAVOIRS_FEED_HEARTBEAT_SECONDS: '1' },
    ...{ SAVOIRS_FEED_KEEP_CHANGES: String(kept), SAVOIRS_FEED_DRAIN_SECONDS: String(drainSeconds) },
    ...(bug === undefined ? {} : { FEEDS_BUG: bug }),
  };
};

/** The other programs' order of starting makes the tables once; then the database is told to copy. */
export const withHarness = async <T>(sizes: FeedsSetup, work: (harness: FeedsHarness) => Promise<T>): Promise<T> => {
  const logs = new ScratchLogs();
  const folder = mkdtempSync(join(tmpdir(), 'savoirs-check-'));
  const running: Program[] = [];
  let pool: Pool | undefined;
  try {
    const { url: database, log } = await logs.postgres();
    const env: NodeJS.ProcessEnv = { ...environment(database, folder, sizes), PORT: String(await freePort()) };
    pool = new Pool({ connectionString: database });
    pool.on('error', () => undefined); // dropping the database ends idle clients
    let server = await startProgram('test/checks/feeds/server', env);
    running.push(server);
    await pool.query(COPY);
    running.push(await startProgram('test/checks/feeds/projector', env));
    return await work(
      harnessOf({
        log,
        pool,
        env,
        serverOf: () => server,
        restart: async () => {
          const code = await server.stop();
          server = await startProgram('test/checks/feeds/server', env);
          running.push(server);
          return code;
        },
      }),
    );
  } finally {
    for (const program of running) await program.stop();
    await pool?.end();
    await logs.giveBack();
    rmSync(folder, { recursive: true, force: true });
  }
};

interface Parts {
  readonly log: EventLog;
  readonly pool: Pool;
  readonly env: NodeJS.ProcessEnv;
  readonly serverOf: () => Program;
  readonly restart: () => Promise<number | null>;
}

const harnessOf = ({ log, pool, env, serverOf, restart }: Parts): FeedsHarness => {
  const networkId = randomUUID();
  const tokens = new Map<number, Promise<string>>();
  const identities = developmentIdentities(readSettings(env));
  return {
    ...{ networkId, log, pool, restart, url: serverOf().url, codec: createCodec(memoryKeys()) },
    server: serverOf,
    token: async (of) => {
      const subject = of % IDENTITIES;
      const known = tokens.get(subject) ?? (await identities).token(`facilitator-${subject}`, { [networkId]: ['facilitator'] });
      tokens.set(subject, Promise.resolve(known));
      return known;
    },
    rebuild: async () => {
      const lines = [allVersionsOf(matchQueueModel, READ_SCHEMA)];
      await rebuild({ pool, schema: READ_SCHEMA, lines, logId: await log.logId() }, { name: MODEL, byHand: false });
    },
    active: async () => {
      const { rows } = await pool.query<{ build: number; position: Position }>(
        `select build, position from read.projection where name = $1 and state = 'active'`,
        [MODEL],
      );
      return rows[0]!;
    },
    cut: async () => {
      const metrics = await (await fetch(`${serverOf().url}/metrics`)).text();
      return Number(/savoirs_feeds_ended_total\{[^}]*reason="slow"[^}]*\} (\d+)/.exec(metrics)?.[1] ?? 0);
    },
  };
};
