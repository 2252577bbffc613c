import type { Bench, BenchRun, BenchResult } from './runner/bench';
import { benchDatabase } from './runner/bench-database';
import { demoOf, fillLog } from './data/demo-log';
import { onDatabase, type Subject } from './contenders/rebuild-all';
import { rebuildTurn } from './contenders/rebuild-turns';
import { median, rounded } from './runner/rounds';

/** Parts of the size, and how often each is rebuilt: what is short scatters more. */
const STEPS = [
  { name: 'Fiftieth', part: 50, rounds: 7 },
  { name: 'Fifth', part: 5, rounds: 3 },
  { name: 'Whole', part: 1, rounds: 1 },
] as const;

type Step = (typeof STEPS)[number]['name'];

const measure = async ({ pool }: Subject, url: string, run: BenchRun): Promise<BenchResult> => {
  const events = await demoOf(run);
  const micros = new Map<Step, number>();
  const peaks = new Map<Step, number>();
  let filled = 0;
  for (const { name, part, rounds } of STEPS) {
    const size = Math.floor(run.size / part);
    await fillLog(pool, events, { from: filled, to: size });
    filled = size;
    const took: number[] = [];
    for (let round = 1; round <= rounds; round += 1) {
      run.signal.throwIfAborted();
      const { seconds, peakMiB } = await rebuildTurn({ url }, run.signal);
      took.push((seconds * 1e6) / size);
      peaks.set(name, Math.max(peaks.get(name) ?? 0, peakMiB));
      run.progress(`${size} events, round ${round} of ${rounds}: ${rounded(took.at(-1)!)} µs an event`);
    }
    micros.set(name, median(took));
  }
  const figure = (of: ReadonlyMap<Step, number>, what: string) => [...of].map(([name, value]) => [`${what}${name}`, rounded(value)]);
  return {
    figures: Object.fromEntries([...figure(micros, 'microsAnEvent'), ...figure(peaks, 'peakMiB')]) as Record<string, number>,
    ratios: {
      wholeToFiftieth: rounded(micros.get('Whole')! / micros.get('Fiftieth')!),
      wholeToFifth: rounded(micros.get('Whole')! / micros.get('Fifth')!),
      memoryWholeToFifth: rounded(peaks.get('Whole')! / peaks.get('Fifth')!),
    },
  };
};

export const rebuildGrowthBench: Bench = {
  name: 'rebuild-growth',
  about:
    'what an event costs in a rebuild of every read model, and its peak memory, over a fiftieth, a fifth and the whole of a log; size: events',
  defaultSize: 5_000_000,
  run: async (run) => {
    const database = await benchDatabase();
    try {
      return await onDatabase(database.url, (subject) => measure(subject, database.url, run));
    } finally {
      await database.drop();
    }
  },
};
