import { randomUUID } from 'node:crypto';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { PersonRole } from '#apps/installation/access';
import { developmentIdentities } from '#apps/installation/development-identities';
import { openInstallation, type Installation } from '#apps/installation/installation';
import { readSettings } from '#apps/installation/settings';
import { freePort } from '#testing/processes/free-port';
import { keptAlive, type Child } from '#testing/processes/kept-alive';
import type { LogKind } from '../runner/check';
import { refuseUsed, startEventStore, type EventStore } from '../runner/event-store';
import { killServer, serverHome } from './server-processes';

export const KILL_TARGETS = ['api', 'projector', 'postgres'] as const;
export type KillTarget = (typeof KILL_TARGETS)[number];

/** A whole installation in processes of its own: the API, a projector, and the embedded PostgreSQL on a folder. */
export interface CrashHarness {
  readonly url: string;
  readonly networkId: string;
  readonly api: Child;
  readonly projector: Child;
  /** This process's own view of it, to read what came of it all. */
  readonly installation: Installation;
  token(subject: string, roles: readonly PersonRole[]): Promise<string>;
  kill(target: KillTarget): Promise<void>;
  /** What ended by itself, and with what words. */
  diedAlone(): readonly string[];
  close(): Promise<void>;
}

const environment = (folder: string, port: number, eventStore: EventStore | null): NodeJS.ProcessEnv => {
  const { PATH, HOME, TMPDIR } = process.env;
  return {
    ...{ PATH, HOME, TMPDIR },
    ...{ SAVOIRS_DATA: folder, PORT: String(port), HOST: '127.0.0.1', SAVOIRS_PROJECTOR: '0' },
    ...{ SAVOIRS_REQUESTS_PER_MINUTE: '1000000', LOG_LEVEL: 'error' },
    ...(eventStore ? { EVENTSTORE_URL: eventStore.url } : {}),
  };
};

const START_MS = 120_000;

const untilReady = async (url: string, signal: AbortSignal): Promise<void> => {
  const deadline = Date.now() + START_MS;
  while (Date.now() < deadline) {
    signal.throwIfAborted();
    const ready = await fetch(`${url}/health/ready`).then(
      ({ ok }) => ok,
      () => false,
    );
    if (ready) return;
    await pause(100);
  }
  throw new Error('the API was not ready in time');
};

const openEventStore = async (): Promise<EventStore> => {
  const eventStore = await startEventStore();
  if (!eventStore.isDouble) await refuseUsed(eventStore);
  return eventStore;
};

interface HarnessPlace {
  readonly folder: string;
  readonly eventStore: EventStore | null;
}

/** @throws where it does not start, or where the log is not its own; what was started is gone then */
export const startHarness = async (log: LogKind, signal: AbortSignal): Promise<CrashHarness> => {
  const eventStore = log === 'eventstoredb' ? await openEventStore() : null;
  const folder = mkdtempSync(join(tmpdir(), 'savoirs-check-'));
  try {
    chmodSync(folder, 0o755); // so that root's server can lie inside, and goes with it
    return await harnessAt({ folder, eventStore }, signal);
  } catch (fault) {
    await removeHarness({ folder, eventStore });
    throw fault;
  }
};

const removeHarness = async ({ folder, eventStore }: HarnessPlace): Promise<void> => {
  rmSync(serverHome(folder), { recursive: true, force: true });
  rmSync(folder, { recursive: true, force: true });
  await eventStore?.stop();
};

const harnessAt = async ({ folder, eventStore }: HarnessPlace, signal: AbortSignal): Promise<CrashHarness> => {
  const port = await freePort();
  const env = environment(folder, port, eventStore);
  const settings = readSettings(env);
  const installation = await openInstallation(settings, { warn: () => undefined });
  const identities = await developmentIdentities(settings);
  const [networkId, url] = [randomUUID(), `http://127.0.0.1:${port}`];
  const api = keptAlive('the API', 'apps/api/main', env);
  const projector = keptAlive('the projector', 'apps/projector/main', env);
  const stop = async (): Promise<void> => {
    await Promise.all([api.stop(), projector.stop()]);
    await installation.close();
  };
  try {
    api.start();
    projector.start();
    await untilReady(url, signal);
  } catch (fault) {
    await stop();
    throw fault;
  }
  return {
    ...{ url, networkId, api, projector, installation },
    close: async () => {
      await stop();
      await removeHarness({ folder, eventStore });
    },
    token: (subject, roles) => identities.token(subject, { [networkId]: roles }),
    kill: async (target) => {
      if (target === 'postgres') await killServer(folder);
      else await { api, projector }[target].kill();
    },
    diedAlone: () => [...api.diedAlone, ...projector.diedAlone],
  };
};
