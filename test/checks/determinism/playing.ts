import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Instant } from '#kernel/id';
import { canonicalJson } from '#kernel/canonical-json';
import { demoClock } from '#apps/cli/demo/demo-clock';
import { playDemo } from '#apps/cli/demo/play-demo';
import { openInstallation, type Installation, type OpenOptions } from '#apps/installation/installation.module';
import { readSettings } from '#apps/installation/settings';
import { benchDatabase } from '#bench/bench-database';
import { MemoryLog } from '#event-store/memory/memory-log';
import { START } from '#event-store/log.port';
import { readModels } from '#projections/read-models';
import { dumpReadModels } from '#read-store/dump';
import { dropSchema, rebuildFromZero } from '#read-store/rebuild-from-zero';
import { READ_SCHEMA } from '#read-store/schema';
import { testDatabase } from '#testing/test-database';
import type { CheckRun } from '../check';
import { collected, dumpBesides } from '../differences';

/** A history always ends here: the day on which a check runs must not matter. */
const UNTIL = '2026-11-01T00:00:00.000Z' as Instant;
const SCHEMA = 'check_zero';

/** Everything that one play left behind, as lines. */
export interface Played {
  /** Decoded: personal fields are references, as each writing has a nonce of its own. */
  readonly log: readonly string[];
  readonly readModels: readonly string[];
  /** The same, folded from zero. */
  readonly rebuilt: readonly string[];
  /** Rows and due times of processes, clear texts. */
  readonly besides: readonly string[];
}

/** One way to play the same history. */
export interface Stage {
  readonly onlyWriter: boolean;
  /** Of the process: what anybody's watch says must not matter. */
  readonly timeZone: string;
  /** A bug to play with. */
  readonly spoil?: (installation: Installation) => Installation;
  /** A bug to leave behind. */
  readonly after?: (installation: Installation) => Promise<unknown>;
}

const decodedLog = async ({ log, codec }: Installation): Promise<readonly string[]> => {
  const lines: string[] = [];
  for await (const stored of log.readAll({ after: START })) {
    const { position, stream, revision, version } = stored;
    lines.push(canonicalJson({ position, stream, revision, version, ...codec.decode(stored) }));
  }
  return lines;
};

const look = async (installation: Installation): Promise<Played> => {
  const { log, codec, pool } = installation;
  const rebuilt = await collected(rebuildFromZero({ log, codec, pool, models: readModels, schema: SCHEMA }));
  await dropSchema(pool, SCHEMA);
  const [readModelLines, besides] = [await collected(dumpReadModels(pool, readModels)), await dumpBesides(pool, READ_SCHEMA)];
  return { log: await decodedLog(installation), readModels: readModelLines, rebuilt, besides };
};

/** Within Jest on the run's server; else on one of its own. */
const emptyDatabase = () => (process.env['JEST_WORKER_ID'] === undefined ? benchDatabase() : testDatabase());

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

/** Plays a seed's history on an empty database, and looks at what came of it. */
export const play = (run: CheckRun, { onlyWriter, timeZone, spoil = (as) => as, after }: Stage): Promise<Played> =>
  withTimeZone(timeZone, async () => {
    const database = await emptyDatabase();
    const folder = mkdtempSync(join(tmpdir(), 'savoirs-check-'));
    try {
      const options: OpenOptions = { clock: demoClock(), cacheMs: 0, onlyWriter, warn: () => undefined };
      const settings = readSettings({ DATABASE_URL: database.url, SAVOIRS_DATA: folder });
      const installation = await openInstallation(settings, { ...options, ...(run.log === 'memory' ? { log: new MemoryLog() } : {}) });
      try {
        const { members = 120, months = 3 } = run.sizes;
        await playDemo(spoil(installation), { members, months, seed: run.seed, until: UNTIL, signal: run.signal });
        run.signal.throwIfAborted();
        await after?.(installation);
        return await look(installation);
      } finally {
        await installation.close();
      }
    } finally {
      await database.drop();
      rmSync(folder, { recursive: true, force: true });
    }
  });
