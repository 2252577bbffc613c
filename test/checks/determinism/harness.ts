import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Instant } from '#kernel/id';
import { canonicalJson } from '#kernel/canonical-json';
import { demoClock } from '#apps/demo/demo-clock';
import { demoNetworkId, playDemo } from '#apps/demo/play-demo';
import { openInstallation, type Installation, type OpenOptions } from '#apps/installation/installation';
import { readSettings, type Settings } from '#apps/installation/settings';
import { streamNamed } from '#application/dispatch/run-decider';
import { EventStoreDbLog } from '#event-store/eventstoredb/eventstoredb-log';
import { sinceHere } from '#event-store/eventstoredb/since-here.fixture';
import { MemoryLog } from '#event-store/memory/memory-log';
import { START, type EventLog } from '#event-store/log.port';
import { readModels } from '#projections/read-models';
import { dumpReadModels } from '#read-store/certificates/dump';
import { dropSchema, rebuildFromZero } from '#read-store/certificates/rebuild-from-zero';
import { READ_SCHEMA } from '#read-store/tables/table-names';
import { emptyDatabase } from '../runner/empty-database';
import type { CheckRun, LogKind } from '../runner/check';
import { collected, dumpBesides } from '../runner/differences';
import { refusePlayed, startEventStore } from '../runner/event-store';
import { soleWriter } from './sole-writer';

/** A history always ends here: the day on which a check runs must not matter. */
const UNTIL = '2026-11-01T00:00:00.000Z' as Instant;
const SCHEMA = 'check_zero';

/** Everything that one play left behind, as lines. */
export interface PlayedLog {
  /** Decoded: personal fields are references, as each writing has a nonce of its own. Without places where two logs are compared. */
  readonly log: readonly string[];
  readonly readModels: readonly string[];
  /** The same, folded from zero. */
  readonly rebuilt: readonly string[];
  /** Rows and due times of processes, clear texts. */
  readonly besides: readonly string[];
}

/** One way to play the same history. */
export interface PlaySetup {
  readonly onlyWriter: boolean;
  /** Default: the run's. */
  readonly log?: LogKind;
  /** Of the process: what anybody's watch says must not matter. */
  readonly timeZone: string;
  /** A bug to play with. */
  readonly spoil?: (installation: Installation) => Installation;
  /** A bug to leave behind. */
  readonly after?: (installation: Installation) => Promise<unknown>;
}

const decodedLog = async ({ log, codec }: Installation, withPlaces: boolean): Promise<readonly string[]> => {
  const lines: string[] = [];
  for await (const stored of log.readAll({ after: START })) {
    const { position, stream, revision, version } = stored;
    lines.push(canonicalJson({ ...(withPlaces ? { position } : {}), stream, revision, version, ...codec.decode(stored) }));
  }
  return lines;
};

const look = async (installation: Installation, withPlaces: boolean): Promise<PlayedLog> => {
  const { log, codec, pool } = installation;
  const rebuilt = await collected(rebuildFromZero({ log, codec, pool, models: readModels, schema: SCHEMA }));
  await dropSchema(pool, SCHEMA);
  const [readModelLines, besides] = [await collected(dumpReadModels(pool, readModels)), await dumpBesides(pool, READ_SCHEMA)];
  return { log: await decodedLog(installation, withPlaces), readModels: readModelLines, rebuilt, besides };
};

/** Within Jest on the run's server; else on one of its own. */

interface PlayLog {
  /** Undefined: the database's own. */
  readonly log?: EventLog;
  /** After the play, however it ended. @throws NotPossible where somebody else wrote to its log meanwhile */
  giveBack(): Promise<void>;
}

/** An empty log for one play. On a server that lives on, the seed's streams are the play's own, and what others wrote lies before it. */
const logFor = async (kind: LogKind, seed: number): Promise<PlayLog> => {
  if (kind === 'memory') return { log: new MemoryLog(), giveBack: () => Promise.resolve() };
  if (kind === 'postgres') return { giveBack: () => Promise.resolve() };
  const server = await startEventStore();
  const log = await EventStoreDbLog.open(server.url);
  const giveBack = async (): Promise<void> => {
    await log.close();
    await server.stop();
  };
  try {
    await refusePlayed(log, streamNamed('network', demoNetworkId(seed)), seed);
    const sole = soleWriter(await sinceHere(log));
    return { log: sole.log, giveBack: () => sole.refuseOthers().finally(giveBack) };
  } catch (fault) {
    await giveBack();
    throw fault;
  }
};

const withTimeZone = async <T>(timeZone: string, work: () => Promise<T>): Promise<T> => {
  const before = process.env['TZ'];
  process.env['TZ'] = timeZone;
  try {
    return await work();
  } finally {
    if (before === undefined) delete process.env['TZ'];
    else process.env['TZ'] = before;
  }
};

const playOn = async (
  settings: Settings,
  log: EventLog | undefined,
  { run, setup }: { run: CheckRun; setup: PlaySetup },
): Promise<PlayedLog> => {
  const { onlyWriter, spoil = (as) => as, after } = setup;
  const options: OpenOptions = { clock: demoClock(), cacheMs: 0, onlyWriter, warn: () => undefined, ...(log ? { log } : {}) };
  const installation = await openInstallation(settings, options);
  try {
    const { members = 120, months = 3 } = run.sizes;
    await playDemo(spoil(installation), { members, months, seed: run.seed, until: UNTIL, signal: run.signal });
    run.signal.throwIfAborted();
    await after?.(installation);
    return await look(installation, run.log !== 'eventstoredb');
  } finally {
    await installation.close();
  }
};

/** Plays a seed's history on an empty database, and looks at what came of it. */
export const play = (run: CheckRun, setup: PlaySetup): Promise<PlayedLog> =>
  withTimeZone(setup.timeZone, async () => {
    const database = await emptyDatabase();
    const folder = mkdtempSync(join(tmpdir(), 'savoirs-check-'));
    try {
      const { log, giveBack } = await logFor(setup.log ?? run.log, run.seed);
      const settings = readSettings({ DATABASE_URL: database.url, SAVOIRS_DATA: folder });
      return await playOn(settings, log, { run, setup }).finally(giveBack);
    } finally {
      await database.drop();
      rmSync(folder, { recursive: true, force: true });
    }
  });
