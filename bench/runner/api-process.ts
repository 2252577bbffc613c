import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { PersonRole } from '#apps/installation/access';
import { developmentIdentities } from '#apps/installation/development-identities';
import { readSettings, type Environment } from '#apps/installation/settings';
import { freePort } from '#testing/processes/free-port';
import { keptAlive } from '#testing/processes/kept-alive';

const START_MS = 60_000;

/** The API in a process of its own, and tokens for anybody in one network. */
export interface Api {
  readonly url: string;
  readonly network: string;
  token(subject: string, role: PersonRole): Promise<string>;
  stop(): Promise<void>;
}

/** The settings of an installation on that database; what it keeps beside goes with it. */
export interface InstalledPlace {
  readonly env: Environment;
  remove(): void;
}

export const installedPlace = (databaseUrl: string): InstalledPlace => {
  const folder = mkdtempSync(join(tmpdir(), 'savoirs-bench-'));
  const { PATH, HOME, TMPDIR } = process.env;
  const env = { ...{ PATH, HOME, TMPDIR, HOST: '127.0.0.1' }, ...{ DATABASE_URL: databaseUrl, SAVOIRS_DATA: folder } };
  return { env, remove: () => rmSync(folder, { recursive: true, force: true }) };
};

export const headersOf = (token: string) => ({ authorization: `Bearer ${token}`, 'content-type': 'application/json' });

/** @throws where it is not ready in time */
export const untilReady = async (url: string, signal: AbortSignal): Promise<void> => {
  for (const deadline = Date.now() + START_MS; Date.now() < deadline; await pause(50)) {
    signal.throwIfAborted();
    const ready = await fetch(`${url}/health/ready`).catch(() => null);
    if (ready?.ok) return;
  }
  throw new Error('the API was not ready in time');
};

interface Serving {
  readonly networkId: string;
  /** As after `npm start`, for browsers. */
  readonly letsSignIn: boolean;
  readonly signal: AbortSignal;
  /** Folder of another build; left out, this one. */
  readonly build?: string;
}

/** Nobody follows the log meanwhile. */
export const startApi = async (place: InstalledPlace, { networkId, letsSignIn, signal, build }: Serving): Promise<Api> => {
  const port = await freePort();
  const env = { ...place.env, PORT: String(port), SAVOIRS_PROJECTOR: '0', SAVOIRS_REQUESTS_PER_MINUTE: '1000000' };
  const identities = await developmentIdentities(readSettings(env));
  const program = (name: string): string => (build === undefined ? name : join(build, 'dist', `${name}.js`));
  const child = letsSignIn
    ? keptAlive('the API', program('apps/api/start'), env, ['--empty'])
    : keptAlive('the API', program('apps/api/main'), env);
  child.start();
  const stop = async (): Promise<void> => void (await child.stop());
  try {
    const url = `http://127.0.0.1:${port}`;
    await untilReady(url, signal);
    const token = (subject: string, role: PersonRole) => identities.token(subject, { [networkId]: [role] });
    return { url, network: `${url}/networks/${networkId}`, token, stop };
  } catch (fault) {
    await stop();
    throw fault;
  }
};

export const openNetwork = async ({ network, token }: Api): Promise<void> => {
  const headers = headersOf(await token('lead', 'network-lead'));
  const opened = await fetch(network, { method: 'POST', headers, body: '{"label":"Lyon"}' });
  if (!opened.ok) throw new Error(`opening a network answered ${opened.status}`);
};
