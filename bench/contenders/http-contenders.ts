import { randomUUID } from 'node:crypto';
import type { EventLog } from '#event-store/log.port';
import { PostgresLog } from '#event-store/postgres/postgres-log';
import { freePort } from '#testing/processes/free-port';
import { keptAlive } from '#testing/processes/kept-alive';
import { installedPlace, openNetwork, startApi, untilReady, type Api } from '../runner/api-process';
import { beforeBuild } from '../runner/before-build';
import type { BenchResult, BenchRun } from '../runner/bench';
import { benchDatabase } from '../runner/bench-database';

/** What `bench http` drives in turns, each in a process of its own but for the log. */
export interface HttpContenders {
  readonly api: Api;
  /** The same, as it was. */
  readonly before: Api;
  readonly log: EventLog;
  /** Nest and Fastify alone. */
  readonly bareUrl: string;
}

type Onward<Given> = (given: Given) => Promise<BenchResult>;

/** An API on a database of its own, with a network that is open. */
const withApi = async (run: BenchRun, build: string | undefined, onward: Onward<{ readonly api: Api; readonly databaseUrl: string }>) => {
  const database = await benchDatabase();
  const place = installedPlace(database.url);
  try {
    const serving = { networkId: randomUUID(), letsSignIn: false, signal: run.signal, ...(build === undefined ? {} : { build }) };
    const api = await startApi(place, serving);
    try {
      await openNetwork(api);
      return await onward({ api, databaseUrl: database.url });
    } finally {
      await api.stop();
    }
  } finally {
    place.remove();
    await database.drop();
  }
};

const withLog = async (databaseUrl: string, onward: Onward<EventLog>) => {
  const log = await PostgresLog.open(databaseUrl);
  try {
    return await onward(log);
  } finally {
    await log.close();
  }
};

const withBareNest = async (run: BenchRun, onward: Onward<string>) => {
  const port = String(await freePort());
  const nest = keptAlive('Nest alone', 'bench/contenders/bare-nest', { PATH: process.env['PATH'], PORT: port });
  nest.start();
  try {
    const url = `http://127.0.0.1:${port}`;
    await untilReady(url, run.signal);
    return await onward(url);
  } finally {
    await nest.stop();
  }
};

/** Starts them all, and ends them whatever happens. */
export const withContenders = async (run: BenchRun, onward: Onward<HttpContenders>): Promise<BenchResult> => {
  const build = await beforeBuild(run);
  return withBareNest(run, (bareUrl) =>
    withApi(run, build, ({ api: before }) =>
      withApi(run, undefined, ({ api, databaseUrl }) => withLog(databaseUrl, (log) => onward({ api, before, log, bareUrl }))),
    ),
  );
};
