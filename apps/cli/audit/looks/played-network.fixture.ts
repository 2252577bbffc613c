import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openInstallation, type Installation } from '#apps/installation/installation';
import { readSettings } from '#apps/installation/settings';
import { runSource } from '#testing/processes/other-process';
import { testDatabase, type TestDatabase } from '#testing/test-database';

export interface Ended {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A small demo network of two months, in which an exchange was closed. */
export interface PlayedNetwork {
  readonly folder: string;
  /** Of each command from then on. */
  readonly settings: Record<string, string>;
  readonly database: TestDatabase;
  readonly network: string;
  /** One that is closed. */
  readonly exchange: string;
  /** Each command is a process of its own. */
  readonly savoirs: (...args: readonly string[]) => Ended;
  readonly open: () => Promise<Installation>;
  /** Brings the read models to the log's end, as the API or the projector does. */
  readonly follow: () => Promise<void>;
  readonly end: () => Promise<void>;
}

export const playedNetwork = async (): Promise<PlayedNetwork> => {
  const [folder, database] = [mkdtempSync(join(tmpdir(), 'savoirs-audit-')), await testDatabase()];
  const settings: Record<string, string> = {
    DATABASE_URL: database.url,
    SAVOIRS_DATA: folder,
    SAVOIRS_MASTER_KEY: Buffer.alloc(32, 7).toString('base64'),
  };
  const savoirs = (...args: readonly string[]): Ended => {
    const env = { PATH: process.env['PATH'], ...settings };
    const main = runSource(join(__dirname, '../../main.ts'), ...args);
    const { status, stdout, stderr } = spawnSync(process.execPath, main, { env, encoding: 'utf8' });
    return { status, stdout, stderr };
  };
  const played = savoirs('data', 'demo', '--members', '12', '--months', '2', '--seed', '3', '--until', '2026-11-01', '--output', 'json');
  const [{ network }] = JSON.parse(played.stdout) as [{ network: string }];
  const listed = savoirs('show', 'exchanges', '--network', network, '--output', 'json');
  const exchanges = JSON.parse(listed.stdout) as { exchangeId: string; status: string }[];
  const open = (): Promise<Installation> => openInstallation(readSettings(settings), { warn: () => undefined });
  return {
    ...{ open, folder, settings, database, network, savoirs },
    exchange: exchanges.find(({ status }) => status === 'closed')!.exchangeId,
    follow: async () => {
      const installation = await open();
      const runtime = await installation.startRuntime({ mode: 'driven' });
      await runtime.drain();
      await runtime.stop();
      await installation.close();
    },
    end: async () => {
      await database.drop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
};
