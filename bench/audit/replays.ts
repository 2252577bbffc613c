import { seededRandom } from '#apps/demo/seeded-random';
import type { BenchResult, BenchRun } from '../runner/bench';
import { interleaved, rounded, type Contender } from '../runner/rounds';
import { exchangesIn, type AuditedLog, type AuditedLogs } from './audited-log';
import { replaysIn, type AuditedExchange } from './exchange-replays';

/** In one turn, others each time: what was read a moment ago lies nearer. */
const REPLAYED = 100;
const SAMPLE = 2_000;

const turnsIn = async (audited: AuditedLog, { seed }: BenchRun) => {
  const sample = seededRandom(seed, 'replays').shuffled([...(await exchangesIn(audited, SAMPLE))]);
  let next = 0;
  const others = (): readonly AuditedExchange[] => Array.from({ length: REPLAYED }, () => sample[next++ % sample.length]!);
  /** Milliseconds for one. */
  const timed = async <Of>(all: readonly Of[], act: (one: Of) => Promise<void>): Promise<number> => {
    const start = performance.now();
    for (const one of all) await act(one);
    return (performance.now() - start) / all.length;
  };
  const { replay, readOwnStream, readHistories, indexed } = replaysIn(audited);
  const turns = {
    replay: () => timed(others(), replay),
    own: () => timed(others(), readOwnStream),
    histories: async () => timed(await Promise.all(others().map(indexed)), readHistories),
  } satisfies Record<string, Contender>;
  return turns;
};

/** An exchange replayed over all its histories, beside its own stream alone and beside reading these histories, in both logs. */
export const replayFigures = async ({ small, large }: AuditedLogs, run: BenchRun): Promise<BenchResult> => {
  const [inSmall, inLarge] = [await turnsIn(small, run), await turnsIn(large, run)];
  const figures = await interleaved(
    {
      ...{ replayMs: inSmall.replay, ownStreamMs: inSmall.own, historiesMs: inSmall.histories },
      ...{ replayLargeMs: inLarge.replay, ownStreamLargeMs: inLarge.own },
    },
    run,
  );
  return {
    figures,
    ratios: {
      replayToStream: rounded(figures.replayMs / figures.ownStreamMs),
      replayToHistories: rounded(figures.replayMs / figures.historiesMs),
      replayFlat: rounded(figures.replayLargeMs / figures.replayMs),
    },
  };
};
