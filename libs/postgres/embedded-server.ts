import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Connection } from './connection';
import { mayBeRunning } from './data-folder';
import { withFolderLock } from './folder-lock';
import { prepareServerHome } from './server-home';
import { isAlive, newHolder } from './process-identity';
import { stopServer } from './server-programs';
import { ask, running } from './server-start';
import { fromFileSystem } from './start-failure';

/** One holding of the server that runs on a data folder; any number of processes may hold it. */
export interface EmbeddedServer {
  /** Where the server really lies. */
  readonly home: string;
  connection(): Connection;
  /** Starts the server again if it has died; answers once it accepts connections. */
  ensureRunning(): Promise<Connection>;
  /** Gives the holding back: the last one out stops the server. */
  release(): Promise<void>;
}

const lockWaitMs = 120_000;

const othersAlive = (uses: string): boolean => {
  let alive = false;
  for (const holder of readdirSync(uses)) {
    if (isAlive(holder)) alive = true;
    else rmSync(join(uses, holder), { force: true });
  }
  return alive;
};

/**
 * Attaches to the server of a data folder, after making the folder and starting the server where need be.
 * @param notice told in one line where the data lies, when root's server cannot use the wanted folder
 * @throws StartFailure
 */
export const attachEmbedded = async (
  folder: string,
  notice: (line: string) => void,
  serverOptions: Readonly<Record<string, string>> = {},
): Promise<EmbeddedServer> => {
  const place = prepareServerHome(folder, notice);
  const uses = join(place.home, 'uses');
  const use = join(uses, newHolder());
  const locked = <T>(work: () => Promise<T>): Promise<T> =>
    withFolderLock(join(place.home, 'lock'), lockWaitMs, work).catch((fault: unknown) => {
      throw fromFileSystem(fault, place.home);
    });
  mkdirSync(uses, { recursive: true });

  let connection = await locked(async () => {
    writeFileSync(use, '');
    try {
      return await running(place, serverOptions);
    } catch (fault) {
      rmSync(use, { force: true });
      throw fault;
    }
  });
  let reviving: Promise<Connection> | undefined;
  let released: Promise<void> | undefined;

  const revive = async (): Promise<Connection> => {
    if (released !== undefined) return connection;
    if ((await ask(place, connection)) === 'ready') return connection;
    connection = await locked(() => running(place, serverOptions));
    return connection;
  };
  const leave = async (): Promise<void> => {
    await reviving?.catch(() => undefined);
    await locked(async () => {
      rmSync(use, { force: true });
      if (!othersAlive(uses) && mayBeRunning(place)) await stopServer(place);
    });
  };

  return {
    home: place.home,
    connection: () => connection,
    ensureRunning: () => (reviving ??= revive().finally(() => (reviving = undefined))),
    release: () => (released ??= leave()),
  };
};
