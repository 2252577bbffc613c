import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { heapFor } from '#apps/installation/start-rebuilds';
import { runProgram } from '#testing/processes/other-process';
import { beforeBuild } from '../runner/before-build';
import type { BenchResult, BenchRun } from '../runner/bench';
import { benchDatabase } from '../runner/bench-database';
import { median, rounded } from '../runner/rounds';
import { MEMORY_MIB } from './rebuild-all';
import type { TurnAsked, TurnTaken } from './rebuild-turn';

const TURNS = 3;
/** What both builds have; the others came later. */
const IN_BOTH: readonly string[] = [
  ...['accesses', 'cases', 'directory', 'exchange-history', 'match-queue'],
  ...['matching-pool', 'member-page', 'risk', 'satisfaction', 'training-hours'],
];
/** As its API had it, in which it rebuilt. */
const HEAP_BEFORE = ['--max-semi-space-size=128'];

/** One rebuild in a process of its own, with the heap that its build gives it. */
export const rebuildTurn = async (asked: TurnAsked, signal: AbortSignal): Promise<TurnTaken> => {
  const heap = asked.build === undefined ? heapFor(MEMORY_MIB) : HEAP_BEFORE;
  const program = [...heap, ...runProgram('bench/contenders/rebuild-turn', JSON.stringify(asked))];
  const child = spawn(process.execPath, program, { signal, stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
  const ended = once(child, 'exit').then(([code]: unknown[]) => {
    throw new Error(`a rebuild ended with ${String(code)} and told nothing`);
  });
  const told = once(child, 'message').then(([taken]: unknown[]) => taken as TurnTaken);
  const taken = await Promise.race([told, ended]);
  await ended.catch(() => undefined);
  return taken;
};

const filled = async (url: string, { build, size, seed, signal }: Pick<BenchRun, 'size' | 'seed' | 'signal'> & { build: string }) => {
  const program = runProgram('bench/data/fill-before', build, url, String(size), String(seed));
  const [code] = (await once(spawn(process.execPath, program, { signal, stdio: ['ignore', 'inherit', 'inherit'] }), 'exit')) as unknown[];
  if (code !== 0) throw new Error(`writing the log of the build before ended with ${String(code)}`);
};

const middle = (turns: readonly TurnTaken[], of: (taken: TurnTaken) => number): number => rounded(median(turns.map(of)));

/** The read models that both have, rebuilt by this build and by commit 694c4ce's, in turns, over one log that both read. */
export const besideBefore = async (run: BenchRun): Promise<BenchResult> => {
  const build = await beforeBuild(run);
  const database = await benchDatabase();
  const turns: Record<'before' | 'now', TurnTaken[]> = { before: [], now: [] };
  try {
    const { url } = database;
    await filled(url, { ...run, build });
    for (let turn = 1; turn <= TURNS; turn += 1) {
      for (const which of turn % 2 === 0 ? (['now', 'before'] as const) : (['before', 'now'] as const)) {
        const taken = await rebuildTurn(which === 'now' ? { url, readModels: IN_BOTH } : { url, build }, run.signal);
        turns[which].push(taken);
        run.progress(
          `turn ${turn} of ${TURNS}, ${which}: ${rounded(run.size / taken.seconds)} events a second, ${Math.round(taken.peakMiB)} MiB`,
        );
      }
    }
  } finally {
    await database.drop();
  }
  const figuresOf = (which: keyof typeof turns) => ({
    eventsPerSecond: middle(turns[which], ({ seconds }) => run.size / seconds),
    processorMicros: middle(turns[which], ({ processorSeconds }) => (processorSeconds * 1e6) / run.size),
    peakMiB: middle(turns[which], ({ peakMiB }) => peakMiB),
  });
  const [now, before] = [figuresOf('now'), figuresOf('before')];
  return {
    figures: {
      ...{ inBothEventsPerSecond: now.eventsPerSecond, beforeEventsPerSecond: before.eventsPerSecond },
      ...{ inBothProcessorMicros: now.processorMicros, beforeProcessorMicros: before.processorMicros },
      ...{ inBothPeakMiB: now.peakMiB, beforePeakMiB: before.peakMiB },
    },
    ratios: {
      toBefore: rounded(now.eventsPerSecond / before.eventsPerSecond),
      toBeforeProcessor: rounded(before.processorMicros / now.processorMicros),
      memoryToBefore: rounded(now.peakMiB / before.peakMiB),
    },
  };
};
