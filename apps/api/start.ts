import { parseArgs } from 'node:util';
import { SingleBar } from 'cli-progress';
import { START } from '#event-store/log.port';
import { openPostgres, type PostgresHandle } from '#postgres/connect';
import { openForDemo } from '../demo/open-for-demo';
import { demoIdentities } from '../demo/people';
import { playDemo } from '../demo/play-demo';
import { openInstallation } from '../installation/installation';
import { openLog } from '../installation/open-log';
import { failWith, untilOrphaned, untilSignal } from '../installation/run-until-signal';
import { readSettings, SettingError, type Settings } from '../installation/settings';
import { refuseBusyPort } from '../installation/listening';
import { serve } from './serve';
import { developmentIdentities } from '../installation/development-identities';
import { othersOpen, readIdentities, writeIdentities } from './start/identities';
import { listenDevelopmentProvider } from './start/development-provider';
import { introduce } from './start/introduce';

const USAGE = 'npm start -- [--empty] [--members N] [--months N]';

/** Passing on counts whose first receipt is more than twelve months ago (§6). */
const MONTHS_FOR_ALL_FIGURES = 14;
const TOO_SHORT = 'Too short for follow-ups and passing on: with an empty .savoirs, `npm start -- --members 40 --months 14` shows them';

class UsageError extends Error {
  readonly exitCode = 64;
}

/** `--empty` plays nothing; the others say how large a network to look at. */
const asked = () => {
  try {
    const { values } = parseArgs({ options: { empty: { type: 'boolean' }, members: { type: 'string' }, months: { type: 'string' } } });
    const [members, months] = [Number(values.members ?? 120), Number(values.months ?? 3)];
    if (!Number.isInteger(members) || members < 12 || !Number.isInteger(months) || months < 1) throw new UsageError(USAGE);
    return { isEmpty: values.empty ?? false, demo: { members, months, seed: 1 } };
  } catch {
    throw new UsageError(`Usage: ${USAGE}, at least 12 members and 1 month.`);
  }
};

const say = (...lines: readonly string[]): void => void process.stdout.write(`${lines.join('\n')}\n`);

const isLogEmpty = async ({ eventStore, logGzip }: Settings, postgres: PostgresHandle): Promise<boolean> => {
  const { log } = await openLog({ url: eventStore, gzip: logGzip, postgres, warn: () => undefined });
  try {
    return (await log.head()) === START;
  } finally {
    await log.close();
  }
};

/** An empty log gets a small network to look at; the clock of that history is data, so it has an installation of its own. */
const playDemoInto = async (settings: Settings, demo: ReturnType<typeof asked>['demo'], signal: AbortSignal): Promise<void> => {
  const installation = await openForDemo(settings, { warn: () => undefined });
  const bar = new SingleBar({
    format: 'A demo network of {members} members: {bar} {percentage} % · {day} · {events} events',
    stream: process.stderr,
  });
  try {
    process.stderr.write('The demo is being played: Ctrl-C ends it early, and keeps what was played.\n');
    bar.start(100, 0, { members: demo.members, day: '', events: 0 });
    const { networkId, identities, ...played } = await playDemo(installation, { ...demo, signal }, ({ share, at, events }) =>
      bar.update(Math.floor(share * 100), { day: at.slice(0, 10), events }),
    );
    bar.stop();
    await writeIdentities(installation, networkId, identities);
    const { members, offersAndRequests, exchangesHeld, seconds } = played;
    say(
      `A demo network: ${members} members, ${offersAndRequests} offers and requests, ${exchangesHeld} exchanges held, in ${seconds.toFixed(0)} s`,
      ...(demo.months < MONTHS_FOR_ALL_FIGURES ? [TOO_SHORT] : []),
    );
  } finally {
    bar.stop();
    await installation.close();
  }
};

const settingsForTrying = (): Settings => {
  const settings = readSettings(process.env);
  if (settings.production)
    throw new SettingError('NODE_ENV', 'something else than production for `npm start`: there, run dist/apps/api/main.js');
  if (settings.tokens.jwks !== null)
    throw new SettingError('SAVOIRS_JWKS_URL', 'left out for `npm start`, which makes its own identities: else run dist/apps/api/main.js');
  return settings;
};

const main = async (): Promise<void> => {
  const { isEmpty, demo } = asked();
  const settings = settingsForTrying();
  await refuseBusyPort(settings.http);
  const stop = new AbortController();
  const signalled = Promise.race([untilSignal(), untilOrphaned()]).then(() => stop.abort());
  // held until the end: a server that nobody holds stops, and would have to be started again
  const postgres = await openPostgres(settings.postgres);
  try {
    if (!isEmpty && (await isLogEmpty(settings, postgres))) await playDemoInto(settings, demo, stop.signal);
    if (!stop.signal.aborted) await serveTo(settings, signalled);
  } finally {
    await postgres.release();
  }
};

const serveTo = async (settings: Settings, signalled: Promise<void>): Promise<void> => {
  const installation = await openInstallation(settings);
  // their own provider, where one is set up, can be tried, too
  const provider = settings.signIn ? null : await listenDevelopmentProvider(settings.http.port && settings.http.port + 1);
  try {
    const served = await serve(provider ? { ...installation, settings: { ...settings, signIn: provider.settings } } : installation);
    const cast = await readIdentities(installation, demoIdentities);
    const isOpen = (await installation.application.facts.of(cast.networkId)) !== null;
    const others = await othersOpen(installation, cast);
    await provider?.open({
      settings,
      cast,
      origin: settings.publicUrl ?? served.url,
      identities: await developmentIdentities(settings),
      candidates: demoIdentities,
      others: () => othersOpen(installation, cast),
    });
    say(...(await introduce(settings, served.url, { cast, isOpen, others })));
    await signalled;
    await served.stop();
  } finally {
    await provider?.close();
    await installation.close();
  }
};

main().then(() => process.exit(0), failWith);
