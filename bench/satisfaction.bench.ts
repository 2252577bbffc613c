import { monitorEventLoopDelay } from 'node:perf_hooks';
import { batchesOf, type CellContribution } from '#domain/disclosure/releases';
import { definitions } from '#projections/satisfaction/definitions';
import type { Piece, Question } from '#projections/satisfaction/satisfaction.worker';
import { sourcesOf } from '#projections/satisfaction/sources';
import { runInWorker } from '#read-store/worker/worker-computation';
import type { Bench, BenchRun } from './runner/bench';
import { interleaved, perSecond, rounded } from './runner/rounds';
import { endOf, satisfactionRows, type Sizes } from './data/satisfaction-rows';

const WEEKS = 52;
const ROUNDS = 5;
const TEN = 10;
const BATCH = 500;

const sizesOf = (exchanges: number, { seed }: BenchRun): Sizes => ({ exchanges, weeks: WEEKS, seed });

interface Figure {
  readonly contributions: readonly CellContribution[];
  readonly last: number;
}

const largestFigure = (sizes: Sizes): Figure => {
  const sources = sourcesOf(satisfactionRows(sizes), endOf(sizes));
  const last = sources.weeks.ends.length - 1;
  return { contributions: definitions.satisfaction.contributions(sources).filter(({ from }) => from <= last), last };
};

const steps =
  ({ contributions, last }: Figure) =>
  (): Promise<number> =>
    perSecond(contributions.length, async () => void batchesOf(contributions, last));

/** As a query asks: in a thread, from rows as they are stored, every figure in every dimension. */
const allFigures = (sizes: Sizes): (() => Promise<number>) => {
  const rows = satisfactionRows(sizes).map((row) => JSON.stringify(row));
  const asOf = endOf(sizes);
  const feed = async (take: (batch: readonly string[]) => Promise<void>): Promise<Question> => {
    for (let from = 0; from < rows.length; from += BATCH) await take(rows.slice(from, from + BATCH));
    return { asOf };
  };
  const file = require.resolve('#projections/satisfaction/satisfaction.worker');
  return async () => 1 / (await perSecond(1, async () => void (await runInWorker<string, Question, Piece>({ file, feed }))));
};

/** How long the event loop stood still meanwhile, in milliseconds: on a busy machine the longest is the scheduler's. */
const stillness = async <T>(work: () => Promise<T>): Promise<{ readonly done: T; readonly delayMs: number }> => {
  const delay = monitorEventLoopDelay({ resolution: 5 });
  delay.enable();
  const done = await work();
  delay.disable();
  return { done, delayMs: delay.percentile(99.9) / 1e6 };
};

export const satisfactionBench: Bench = {
  name: 'satisfaction',
  about:
    'the weekly steps of one figure (R15), and of ten times as many exchanges; all figures of 5,000 and 20,000 exchanges; size: exchanges of the one figure',
  defaultSize: 1_000,
  run: async (run) => {
    const [one, ten] = [run.size, TEN * run.size].map((exchanges) => steps(largestFigure(sizesOf(exchanges, run))));
    const found = await interleaved({ entriesPerSecond: one!, ofTenTimesAsMany: ten! }, run, ROUNDS);
    const contenders = { of5000Seconds: allFigures(sizesOf(5_000, run)), of20000Seconds: allFigures(sizesOf(20_000, run)) };
    const { done: all, delayMs } = await stillness(() => interleaved(contenders, run, ROUNDS));
    return {
      figures: { ...found, ...all, eventLoopDelayP999Ms: rounded(delayMs) },
      ratios: { flatness: rounded(found.ofTenTimesAsMany / found.entriesPerSecond) },
    };
  },
};
