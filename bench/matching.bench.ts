import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { runProgram } from '#testing/processes/other-process';
import { commandsBesideRounds } from './matching/beside-rounds';
import type { RoundTold } from './matching/matching-process';
import type { Bench, BenchRun } from './runner/bench';
import { rounded } from './runner/rounds';

const SIZES = [750, 1_500, 20_000];
/** Beyond this HiGHS is not asked: it takes more than ten minutes. */
const HIGHS_MOST = 1_500;
/** Of a network that an API serves meanwhile, the most. */
const SERVED_MOST = 20_000;
const TEN_MINUTES = 600_000;

type Name = 'optimum' | 'greedy' | 'random' | 'flow' | 'highs';

/** Null where it did not end in time. */
const told = async (name: Name, members: number, { seed, signal }: BenchRun): Promise<RoundTold | null> => {
  const args = runProgram('bench/matching/matching-process', name, String(members), String(seed));
  const inTime = AbortSignal.any([signal, AbortSignal.timeout(TEN_MINUTES)]);
  const child = spawn(process.execPath, [...args], { signal: inTime, stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
  const ended = once(child, 'exit').then(([code]: unknown[]) => {
    throw new Error(`${name} ended with ${String(code)} and told nothing`);
  });
  try {
    const [message] = (await Promise.race([once(child, 'message'), ended])) as [RoundTold];
    await ended.catch(() => undefined);
    return message;
  } catch (fault) {
    signal.throwIfAborted();
    if (inTime.aborted) return null;
    throw fault;
  }
};

const figuresOf = (name: Name, members: number, { ms, peakMiB, served, gap }: RoundTold): Record<string, number> => ({
  [`${name}${members}Ms`]: rounded(ms),
  [`${name}${members}PeakMiB`]: rounded(peakMiB),
  [`${name}${members}Served`]: served,
  ...(gap && { [`${name}${members}GapServed`]: gap.served, [`${name}${members}GapCost`]: gap.cost }),
});

type All = ReadonlyMap<string, RoundTold>;

const ratiosOf = (all: All, sizes: readonly number[]): Record<string, number> => {
  const ratios: Record<string, number> = {};
  const add = (ratio: string, one: RoundTold | undefined, other: RoundTold | undefined, of: (told: RoundTold) => number): void => {
    if (one && other) ratios[ratio] = rounded(of(one) / of(other));
  };
  for (const size of sizes) {
    const of = (name: Name): RoundTold | undefined => all.get(`${name}${size}`);
    add(`toGreedy${size}`, of('optimum'), of('greedy'), ({ ms }) => ms);
    add(`memoryToGreedy${size}`, of('optimum'), of('greedy'), ({ peakMiB }) => peakMiB);
    add(`servedToGreedy${size}`, of('optimum'), of('greedy'), ({ served }) => served);
    add(`servedToRandom${size}`, of('optimum'), of('random'), ({ served }) => served);
    add(`toHighs${size}`, of('highs'), of('flow'), ({ ms }) => ms);
  }
  const [flat, last] = [all.get('optimum20000'), all.get(`optimum${sizes.at(-1) ?? 0}`)];
  if (last !== flat) add('flatness', last, flat, ({ ms, pairs }) => ms / pairs);
  return ratios;
};

export const matchingBench: Bench = {
  name: 'matching',
  about:
    'a round at its proven optimum, beside greedy, random and HiGHS; commands over HTTP beside rounds; size: members of the largest network',
  defaultSize: 20_000,
  run: async (run) => {
    const sizes = [...new Set([...SIZES.filter((size) => size < run.size), run.size])];
    const all = new Map<string, RoundTold>();
    let figures: Record<string, number> = {};
    for (const members of sizes)
      for (const name of ['greedy', 'optimum', 'random', 'flow', 'highs'] as const) {
        if (name === 'highs' && members > HIGHS_MOST) continue;
        const one = await told(name, members, run);
        run.progress(`${name}, ${members} members: ${one ? `${rounded(one.ms)} ms, ${one.served} served` : 'not in ten minutes'}`);
        if (!one) continue;
        all.set(`${name}${members}`, one);
        figures = { ...figures, ...figuresOf(name, members, one) };
      }
    const { aloneP99Ms, besideP99Ms, ...beside } = await commandsBesideRounds({ ...run, size: Math.min(run.size, SERVED_MOST) });
    return {
      figures: { ...figures, aloneP99Ms, besideP99Ms, ...beside },
      ratios: { ...ratiosOf(all, sizes), commandLatencyP99: rounded(besideP99Ms / aloneP99Ms) },
    };
  },
};
