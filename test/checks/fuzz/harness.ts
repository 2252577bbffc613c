import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { PersonRole } from '#apps/installation/access';
import { developmentIdentities } from '#apps/installation/development-identities';
import { openForDemo } from '#apps/demo/open-for-demo';
import { playDemo } from '#apps/demo/play-demo';
import { readSettings } from '#apps/installation/settings';
import { freePort } from '#testing/processes/free-port';
import { starterTopics } from '#topics/starter-topics';
import { withScratchLogs } from '../runner/scratch-logs';
import { startProgram, type Program } from '../runner/program';
import { readPlayed, type PlayedNetwork } from './played-network';
import type { Stall } from './stall-watch';

/** What the server tells of itself, of the time since it was asked last. */
export interface ServerHealth {
  readonly stalls: readonly Stall[];
  readonly faults: readonly string[];
  /** Bytes that live in it. */
  readonly memory: number;
}

/** A played network, and the API on it in a process of its own. */
export interface FuzzHarness {
  readonly played: PlayedNetwork;
  readonly server: Program;
  token(subject: string, roles: readonly PersonRole[]): Promise<string>;
}

export interface FuzzSetup {
  readonly members: number;
  readonly months: number;
  /** A bug for the server to have. */
  readonly bug?: string;
}

const environment = (url: string, folder: string, port: number): NodeJS.ProcessEnv => {
  const { PATH, HOME, TMPDIR } = process.env;
  return {
    ...{ PATH, HOME, TMPDIR, DATABASE_URL: url, SAVOIRS_DATA: folder, HOST: '127.0.0.1', PORT: String(port), LOG_LEVEL: 'error' },
    ...{ SAVOIRS_REQUESTS_PER_MINUTE: '1000000', SAVOIRS_FEEDS_PER_IDENTITY: '1000' },
    // what is kept of read models grows with the log until this bound, and is no leak
    SAVOIRS_PROJECTION_MEMORY: '16',
  };
};

/** The network is that of seed 1, whatever requests are made from. */
const play = async (env: NodeJS.ProcessEnv, { members, months }: FuzzSetup, signal: AbortSignal): Promise<PlayedNetwork> => {
  const installation = await openForDemo(readSettings(env), { warn: () => undefined });
  try {
    const { networkId, identities } = await playDemo(installation, { members, months, seed: 1, signal });
    const everybody = Array.from({ length: 2 * members }, (_, number) => ({
      subject: `demo-${number}`,
      roles: ['member'] as const,
      name: null,
    }));
    const staff = identities.filter(({ roles }) => !roles.includes('member'));
    const read = await readPlayed(installation, networkId, [...staff, ...everybody]);
    return { ...read, topics: starterTopics.map(({ uri }) => uri) };
  } finally {
    await installation.close();
  }
};

export const withHarness = <T>(sizes: FuzzSetup, signal: AbortSignal, work: (harness: FuzzHarness) => Promise<T>): Promise<T> =>
  withScratchLogs(async (logs) => {
    const folder = mkdtempSync(join(tmpdir(), 'savoirs-check-'));
    let server: Program | undefined;
    try {
      const { url } = await logs.postgres();
      const env = environment(url, folder, await freePort());
      const played = await play(env, sizes, signal);
      server = await startProgram('test/checks/fuzz/server', { ...env, ...(sizes.bug === undefined ? {} : { FUZZ_BUG: sizes.bug }) });
      const identities = await developmentIdentities(readSettings(env));
      const tokens = new Map<string, Promise<string>>();
      const token = (subject: string, roles: readonly PersonRole[]): Promise<string> => {
        const name = `${subject} ${roles.join()}`;
        const known = tokens.get(name) ?? identities.token(subject, { [played.networkId]: roles });
        tokens.set(name, known);
        return known;
      };
      return await work({ played, server, token });
    } finally {
      await server?.stop();
      rmSync(folder, { recursive: true, force: true });
    }
  });
