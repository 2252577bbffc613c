import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { PersonRole } from '#apps/installation/access';
import { developmentIdentities } from '#apps/installation/development-identities';
import { readSettings } from '#apps/installation/settings';
import { freePort } from '#testing/processes/free-port';
import { keptAlive } from '#testing/processes/kept-alive';

const START_MS = 60_000;

/** The API in a process of its own, as in use, with one network; and tokens for anybody. */
export interface Api {
  readonly url: string;
  readonly network: string;
  /** In that network. */
  token(subject: string, role: PersonRole): Promise<string>;
  stop(): Promise<void>;
}

export const headersOf = (token: string) => ({ authorization: `Bearer ${token}`, 'content-type': 'application/json' });

const untilReady = async (url: string, signal: AbortSignal): Promise<void> => {
  for (const deadline = Date.now() + START_MS; Date.now() < deadline; await pause(50)) {
    signal.throwIfAborted();
    const ready = await fetch(`${url}/health/ready`).catch(() => null);
    if (ready?.ok) return;
  }
  throw new Error('the API was not ready in time');
};

/** `isWhole`: its read models follow the log, and people can sign in, as after `npm start`. */
export const startApi = async (
  databaseUrl: string,
  { isWhole, signal }: { readonly isWhole: boolean; readonly signal: AbortSignal },
): Promise<Api> => {
  const folder = mkdtempSync(join(tmpdir(), 'savoirs-bench-'));
  const port = await freePort();
  const { PATH, HOME, TMPDIR } = process.env;
  const env = {
    ...{ PATH, HOME, TMPDIR, DATABASE_URL: databaseUrl, SAVOIRS_DATA: folder, PORT: String(port), HOST: '127.0.0.1' },
    ...{ SAVOIRS_PROJECTOR: isWhole ? '1' : '0', SAVOIRS_REQUESTS_PER_MINUTE: '1000000' },
  };
  const identities = await developmentIdentities(readSettings(env));
  const child = isWhole ? keptAlive('the API', 'apps/api/start', env, ['--empty']) : keptAlive('the API', 'apps/api/main', env);
  child.start();
  const stop = async (): Promise<void> => {
    await child.stop();
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    const [url, networkId] = [`http://127.0.0.1:${port}`, randomUUID()];
    await untilReady(url, signal);
    const token = (subject: string, role: PersonRole) => identities.token(subject, { [networkId]: [role] });
    const network = `${url}/networks/${networkId}`;
    const opened = await fetch(network, {
      method: 'POST',
      headers: headersOf(await token('lead', 'network-lead')),
      body: '{"label":"Lyon"}',
    });
    if (!opened.ok) throw new Error(`opening a network answered ${opened.status}`);
    return { url, network, token, stop };
  } catch (fault) {
    await stop();
    throw fault;
  }
};
