import { highsSolver } from '#highs/highs-solver';
import type { Arc, ExchangeGraph } from './exchange-graph';
import type { IntegerSolver } from './integer-program';
import { areTooMany, defaultRingLimits, ringCover, type RingPolicy } from './ring-cover';

let solve: IntegerSolver;
beforeAll(async () => {
  solve = await highsSolver();
});

const arcs = (...all: readonly (readonly [from: number, to: number, weight?: number])[]): readonly Arc[] =>
  all.map(([from, to, weight = 1]) => ({ from, to, weight }));
const graph = (members: number, given: readonly Arc[], starters: readonly number[] = []): ExchangeGraph => ({
  members,
  starters: new Set(starters),
  arcs: given,
});
const found = (given: ExchangeGraph, policy: Partial<RingPolicy> = {}) =>
  ringCover(given, { limits: defaultRingLimits, seed: 7, by: 'count', ...policy }, solve).map(({ kind, arcs: ring }) =>
    [kind, ...ring.map(({ from, to }) => `${from}>${to}`)].join(' '),
  );

const circleOfFour = arcs([0, 1], [1, 2], [2, 3], [3, 0]);

describe('Rings', () => {
  it('are none where nobody can give, and none of one alone', () => {
    expect(found(graph(0, []))).toEqual([]);
    expect(found(graph(2, arcs([0, 0], [0, 1])))).toEqual([]);
  });

  it('are cycles up to the longest that the policy names, three by default', () => {
    expect(found(graph(3, arcs([0, 1], [1, 2], [2, 0])))).toEqual(['cycle 0>1 1>2 2>0']);
    expect(found(graph(4, circleOfFour))).toEqual([]);
    expect(found(graph(4, circleOfFour), { limits: { longestCycle: 4, longestChain: 0 } })).toEqual(['cycle 0>1 1>2 2>3 3>0']);
  });

  it('let most receive, though fewer would weigh more, or weigh most, as the policy says', () => {
    const either = graph(4, arcs([0, 1, 1], [1, 0, 1], [2, 3, 1], [3, 2, 1], [1, 2, 90], [2, 1, 90]));
    expect(found(either)).toEqual(['cycle 0>1 1>0', 'cycle 2>3 3>2']);
    expect(found(either, { by: 'weight' })).toEqual(['cycle 1>2 2>1']);
  });

  it('begin with somebody who seeks nothing, where chains may be, and are as long as these may be', () => {
    const line = graph(4, arcs([0, 1], [1, 2], [2, 3]), [0]);
    expect(found(line)).toEqual([]);
    expect(found(line, { limits: { longestCycle: 3, longestChain: 2 } })).toEqual(['chain 0>1 1>2']);
    expect(found(graph(3, arcs([0, 1], [1, 0], [1, 2]), [0]), { limits: { longestCycle: 3, longestChain: 3 } })).toEqual(['chain 0>1 1>2']);
  });

  it('are too many where more are possible than can be solved', () => {
    const everybody = Array.from({ length: 60 }, (_, from) => Array.from({ length: 60 }, (_, to) => [from, to] as const)).flat();
    const all = graph(60, arcs(...everybody.filter(([from, to]) => from !== to)));
    expect(areTooMany(all, { longestCycle: 4, longestChain: 0 })).toBe(true);
    expect(areTooMany({ ...all, starters: new Set([0]) }, { longestCycle: 2, longestChain: 60 })).toBe(true);
    expect(areTooMany({ ...all, starters: new Set([0]) }, { longestCycle: 3, longestChain: 6 })).toBe(false);
  });

  it('are told apart by the seed where they are equals (R18)', () => {
    const pairs = graph(3, arcs([0, 1], [1, 0], [1, 2], [2, 1], [0, 2], [2, 0]));
    const some = Array.from({ length: 12 }, (_, seed) => found(pairs, { seed, limits: { longestCycle: 2, longestChain: 0 } }).join());
    expect(new Set(some).size).toBe(3);
  });
});
