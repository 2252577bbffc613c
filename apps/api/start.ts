import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { SingleBar } from 'cli-progress';
import { uuidV5 } from '#application/ids-from';
import { START } from '#event-store/log.port';
import { openForDemo } from '../cli/demo/demo.module';
import { playDemo } from '../cli/demo/play-demo';
import { openInstallation } from '../installation/installation.module';
import { failWith, untilSignal } from '../installation/run-until-signal';
import { readSettings, SettingError, type Settings } from '../installation/settings';
import type { PersonRole } from './auth/access';
import { developmentIdentities } from './auth/development-identities';
import { serve } from './serve';

/** Somebody to try a role as; kept beside the data, so that the next start knows them again. */
interface Cast {
  readonly networkId: string;
  readonly people: readonly { readonly subject: string; readonly roles: readonly PersonRole[]; readonly name: string | null }[];
}

const MEMBERS = 120;
const MONTHS = 3;
const SEED = 1;

const say = (line = ''): void => void process.stdout.write(`${line}\n`);
const castFile = ({ folder }: Settings): string => join(folder, 'development-cast.json');

/** An empty log gets a small network to look at; the clock of that history is data, so it has an installation of its own. */
const playDemoOnce = async (settings: Settings, signal: AbortSignal): Promise<void> => {
  const installation = await openForDemo(settings);
  try {
    if ((await installation.log.head()) !== START) return;
    const bar = new SingleBar({
      format: 'A demo network of {members} members: {bar} {percentage} % · {day} · {events} events',
      stream: process.stderr,
    });
    bar.start(100, 0, { members: MEMBERS, day: '', events: 0 });
    const summary = await playDemo(installation, { members: MEMBERS, months: MONTHS, seed: SEED, signal }, ({ share, at, events }) =>
      bar.update(Math.floor(share * 100), { day: at.slice(0, 10), events }),
    );
    bar.stop();
    const { networkId, identities: people } = summary;
    writeFileSync(castFile(settings), JSON.stringify({ networkId, people } satisfies Cast), { mode: 0o600 });
    say(
      `${summary.members} members, ${summary.offersAndRequests} offers and requests, ${summary.exchangesHeld} exchanges held, in ${summary.seconds.toFixed(0)} s`,
    );
  } finally {
    await installation.close();
  }
};

const castOf = (settings: Settings, logId: string): Cast => {
  if (existsSync(castFile(settings))) return JSON.parse(readFileSync(castFile(settings), 'utf8')) as Cast;
  const roles: readonly PersonRole[] = [
    'member',
    'facilitator',
    'network-lead',
    'hr',
    'auditor',
    'dashboard',
    'operator',
    'data-protection-officer',
  ];
  return {
    networkId: uuidV5(logId, 'network'),
    people: roles.map((role) => ({ subject: `development-${role}`, roles: [role], name: null })),
  };
};

const introduce = async (settings: Settings, url: string, { networkId, people }: Cast): Promise<void> => {
  const identities = await developmentIdentities(settings);
  const tokens = await Promise.all(
    people.map(async (one) => ({ ...one, token: await identities.token(one.subject, { [networkId]: one.roles }) })),
  );
  const as = (role: PersonRole): string => tokens.find(({ roles }) => roles.includes(role))?.token ?? '';
  const ask = (role: PersonRole, path: string): void =>
    say(`  curl -s -H "Authorization: Bearer ${as(role)}" "${url}/networks/${networkId}/${path}"`);
  say(`\nSavoirs is ready: ${url}   (the API, readable: ${url}/docs)`);
  say(`Network ${networkId}. One identity for each role; each token is good for twelve hours:\n`);
  for (const { roles, name, token } of tokens) say(`${roles.join(', ')}${name ? ` (${name})` : ''}\n  ${token}`);
  say('\nPaste one of these:');
  ask('member', 'directory?kind=offer&limit=5');
  ask('facilitator', 'match-queue?limit=5');
  ask('network-lead', 'risk');
  say('\nCtrl-C ends everything cleanly; started again, it goes on where it was.');
};

const main = async (): Promise<void> => {
  const settings = readSettings(process.env);
  if (settings.production)
    throw new SettingError('NODE_ENV', 'something else than production for `npm start`: there, run dist/apps/api/main.js');
  const stop = new AbortController();
  const signalled = untilSignal().then(() => stop.abort());
  if (!process.argv.includes('--empty')) await playDemoOnce(settings, stop.signal);
  if (stop.signal.aborted) return;
  const installation = await openInstallation(settings);
  try {
    const served = await serve(installation);
    await introduce(settings, served.url, castOf(settings, await installation.log.logId()));
    await signalled;
    await served.stop();
  } finally {
    await installation.close();
  }
};

main().then(() => process.exit(0), failWith);
