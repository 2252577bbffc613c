import { spawn } from 'node:child_process';
import { once } from 'node:events';
import type { RecordedEvent } from '#event-store/codec.port';
import { createCodec } from '#event-store/codec/codec';
import { START } from '#event-store/log.port';
import { memoryKeys } from '#keys/memory-keys';
import { emptyFolding, foldEvent } from '#read-store/fold/fold';
import { readModels } from '#projections/read-models';
import type { Bench, BenchResult, BenchRun } from './runner/bench';
import { benchDatabase, settle } from './runner/bench-database';
import { besideRebuild } from './runner/command-latency';
import { demoOf, fillLog } from './data/demo-log';
import { rebuildWithEmmett, writeToEmmett } from './contenders/emmett-rebuild';
import { onDatabase, rebuildAll, startProjector, type Projector, type Subject } from './contenders/rebuild-all';
import { besideBefore } from './contenders/rebuild-turns';
import { interleaved, perSecond, rounded } from './runner/rounds';

/** Of minutes each. */
const ROUNDS = 3;
/** What Emmett is given: a million would take it hours. */
const EMMETT_EVENTS = 500;
const codec = createCodec(memoryKeys());

/** Read, decode and fold, all rows in memory, without a table: what no rebuild can beat. */
const floor = async ({ log }: Subject): Promise<void> => {
  const folds = readModels.map(({ projection }) => ({ projection, folding: emptyFolding<unknown>() }));
  const types = [...new Set(readModels.flatMap(({ projection }) => Object.keys(projection.handles)))];
  for await (const stored of log.readAll({ after: START, filter: { types } })) {
    const event = codec.decode(stored);
    for (const { projection, folding } of folds) if (event.type in projection.handles) foldEvent(projection, folding, event);
  }
};

const firstEvents = async ({ log }: Subject, count: number): Promise<readonly RecordedEvent[]> => {
  const events: RecordedEvent[] = [];
  for await (const stored of log.readAll({ after: START, limit: count })) events.push(codec.decode(stored));
  return events;
};

/** Events by the models that handle them. */
const countHandled = (events: readonly RecordedEvent[]): number =>
  readModels.reduce((sum, { projection }) => sum + events.filter(({ type }) => type in projection.handles).length, 0);

const emmett = async (url: string, expected: number): Promise<void> => {
  const handled = await rebuildWithEmmett(url, readModels);
  if (handled !== expected) throw new Error(`Emmett handled ${handled} events instead of ${expected}`);
};

/** A projector beside the API. Resolves once it follows the log. */
const projectorApart = async (url: string, { signal }: BenchRun): Promise<Projector> => {
  const program = [...process.execArgv, require.resolve('./contenders/rebuild-process'), url];
  const child = spawn(process.execPath, program, { signal, stdio: ['inherit', 'inherit', 'inherit', 'ipc'] });
  const ended = once(child, 'exit').then(([code]: unknown[]) => {
    if (code !== 0) throw new Error(`the projector ended with ${String(code)}`);
  });
  await Promise.race([once(child, 'message'), ended]);
  return {
    rebuild: () => {
      child.send('rebuild');
      return ended;
    },
    stop: async () => void child.kill(),
  };
};

const commandsBeside = async ({ pool }: Subject, url: string, start: () => Promise<Projector>) => {
  await settle(pool);
  const projector = await start();
  try {
    return await besideRebuild(url, projector.rebuild);
  } finally {
    await projector.stop();
  }
};

const measure = async (subject: Subject, url: string, run: BenchRun): Promise<BenchResult> => {
  const events = await demoOf(run);
  await fillLog(subject.pool, events, { from: 0, to: run.size });
  const emmettEvents = Math.min(EMMETT_EVENTS, run.size);
  const given = await firstEvents(subject, emmettEvents);
  await writeToEmmett(url, given);
  run.progress(`${run.size} events written, ${emmettEvents} of them for Emmett, too`);
  const handled = countHandled(given);
  const figures = await interleaved(
    {
      rebuildEventsPerSecond: () => perSecond(run.size, () => rebuildAll(subject)),
      floorEventsPerSecond: () => perSecond(run.size, () => floor(subject)),
      emmettEventsPerSecond: () => perSecond(emmettEvents, () => emmett(url, handled)),
    },
    run,
    ROUNDS,
  );
  run.progress('commands beside a projector that rebuilds, then with the projector in their own process');
  await rebuildAll(subject);
  const apart = await commandsBeside(subject, url, () => projectorApart(url, run));
  const together = await commandsBeside(subject, url, () => startProjector(subject, url));
  const { rebuildEventsPerSecond: own, floorEventsPerSecond, emmettEventsPerSecond } = figures;
  return {
    figures: {
      ...figures,
      commandAloneP99Ms: apart.aloneP99Ms,
      commandBesideProjectorP99Ms: apart.besideP99Ms,
      commandByDefaultAloneP99Ms: together.aloneP99Ms,
      commandByDefaultP99Ms: together.besideP99Ms,
    },
    ratios: {
      toFloor: rounded(own / floorEventsPerSecond),
      toEmmett: rounded(own / emmettEventsPerSecond),
      commandLatencyP99: rounded(apart.besideP99Ms / apart.aloneP99Ms),
      commandLatencyP99ByDefault: rounded(together.besideP99Ms / together.aloneP99Ms),
    },
  };
};

export const rebuildBench: Bench = {
  name: 'rebuild',
  about:
    'every read model from zero, beside read, decode and fold without tables, beside Emmett’s rebuild, and, those that it has, ' +
    'beside commit 694c4ce; size: events',
  defaultSize: 1_000_000,
  run: async (run) => {
    const before = await besideBefore(run);
    const database = await benchDatabase();
    try {
      const { figures, ratios } = await onDatabase(database.url, (subject) => measure(subject, database.url, run));
      return { figures: { ...figures, ...before.figures }, ratios: { ...ratios, ...before.ratios } };
    } finally {
      await database.drop();
    }
  },
};
