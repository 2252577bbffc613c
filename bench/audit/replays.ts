import { seededRandom } from '#apps/demo/seeded-random';
import type { BenchResult, BenchRun } from '../runner/bench';
import { interleaved, rounded, type Contender } from '../runner/rounds';
import { exchangesIn, type AuditedLog, type AuditedLogs } from './audited-log';
import { replaysIn, type AuditedExchange } from './exchange-replays';

/** In one turn, others each time: what was read a moment ago lies nearer. */
const REPLAYED = 20;
const SAMPLE = 1_000;

const turnsIn = async (audited: AuditedLog, { seed }: BenchRun) => {
  const sample = seededRandom(seed, 'replays').shuffled([...(await exchangesIn(audited, SAMPLE))]);
  let next = 0;
  /** Milliseconds for one. */
  const turn = (act: (exchange: AuditedExchange) => Promise<void>): Contender => {
    return async () => {
      const start = performance.now();
      for (let n = 0; n < REPLAYED; n += 1) await act(sample[next++ % sample.length]!);
      return (performance.now() - start) / REPLAYED;
    };
  };
  const { replay, readOwnStream } = replaysIn(audited);
  return { replay: turn(replay), own: turn(readOwnStream) };
};

/** An exchange replayed over all its histories, beside its own stream alone, in both logs. */
export const replayFigures = async ({ small, large }: AuditedLogs, run: BenchRun): Promise<BenchResult> => {
  const [inSmall, inLarge] = [await turnsIn(small, run), await turnsIn(large, run)];
  const figures = await interleaved(
    { replayMs: inSmall.replay, ownStreamMs: inSmall.own, replayLargeMs: inLarge.replay, ownStreamLargeMs: inLarge.own },
    run,
  );
  return {
    figures,
    ratios: {
      replayToStream: rounded(figures.replayMs / figures.ownStreamMs),
      replayFlat: rounded(figures.replayLargeMs / figures.replayMs),
    },
  };
};
