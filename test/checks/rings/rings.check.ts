import { setImmediate as turn } from 'node:timers/promises';
import { seededRandom, type SeededRandom } from '#apps/demo/seeded-random';
import { highsSolver } from '#highs/highs-solver';
import type { ExchangeGraph } from '#matching/exact/exchange-graph';
import type { IntegerSolver } from '#matching/exact/integer-program';
import { ringCover, type RingPolicy } from '#matching/exact/ring-cover';
import type { Check, CheckResult, CheckRun } from '../runner/check';
import type { Finding } from '../runner/schedules';
import { countsOf, mustBeClean, plantEach } from '../runner/self-test';
import { bestByTrying, type Value } from './brute-force';
import { mutants, type Cover } from './mutants';
import { publicInstances } from './public-instances';
import { faultsIn } from './validity';

type Count = 'differences' | 'invalid' | 'unstable';

const MAX_MEMBERS = 8;

/** From nobody to eight, from no arc to nearly all, weights with and without ties. */
const drawnGraph = (chance: SeededRandom): ExchangeGraph => {
  const members = chance.whole(0, MAX_MEMBERS);
  const [density, heaviest] = [chance.between(0.1, 0.7), chance.of([1, 3, 1_000])];
  const all = Array.from({ length: members * members }, (_, n) => ({ from: Math.floor(n / members), to: n % members }));
  const arcs = all.filter(() => chance.yes(density)).map((arc) => ({ ...arc, weight: chance.whole(0, heaviest) }));
  return { members, starters: new Set(arcs.map(({ from }) => from).filter(() => chance.yes(0.1))), arcs };
};

const policyFrom = (chance: SeededRandom, seed: number): RingPolicy => ({
  limits: { longestCycle: chance.of([0, 2, 3, 3, 4]), longestChain: chance.of([0, 0, 1, 3, 4]) },
  ...{ seed, by: chance.of(['count', 'weight']) },
});

const betterBy = (by: RingPolicy['by']) => (one: Value, other: Value) =>
  by === 'weight' || one.received === other.received ? one.weight > other.weight : one.received > other.received;

/** Answers an optimum from the other end of the columns: another one of several, as another version of the solver might. */
const fromBehind =
  (solve: IntegerSolver): IntegerSolver =>
  ({ weights, rows }) => {
    const behind = (column: number): number => weights.length - 1 - column;
    const turned = rows.map((row) => ({ ...row, terms: row.terms.map(([column, value]) => [behind(column), value] as const) }));
    const found = solve({ weights: [...weights].reverse(), rows: turned.reverse() });
    return found && found.map(behind).sort((one, other) => one - other);
  };

const judged = (cover: Cover, solve: IntegerSolver, seed: number): readonly Finding<Count>[] => {
  const chance = seededRandom(seed, 'rings');
  const graph = drawnGraph(chance);
  const policy = policyFrom(chance, seed);
  const rings = cover(graph, policy, solve);
  const again = cover({ ...graph, arcs: chance.shuffled(graph.arcs) }, policy, fromBehind(solve));
  const isBetter = betterBy(policy.by);
  const best = bestByTrying(graph, policy.limits, isBetter);
  const all = rings.flatMap(({ arcs }) => arcs);
  const ours = { received: all.length, weight: all.reduce((sum, { weight }) => sum + weight, 0) };
  const told = `seed ${seed}: ${JSON.stringify(ours)}, by trying ${JSON.stringify(best)}`;
  return [
    ...(isBetter(best, ours) || isBetter(ours, best) ? [{ count: 'differences', what: told } as const] : []),
    ...faultsIn(graph, policy.limits, rings).map((fault) => ({ count: 'invalid', what: `seed ${seed}: ${fault}` }) as const),
    ...(JSON.stringify(again) === JSON.stringify(rings)
      ? []
      : [{ count: 'unstable', what: `seed ${seed}: arcs in another order` } as const]),
  ];
};

const COUNTS: readonly Count[] = ['differences', 'invalid', 'unstable'];
const TOLD_EVERY = 500;

const runWith = async (cover: Cover, { seed, count, signal, progress }: CheckRun): Promise<CheckResult> => {
  const solve = await highsSolver();
  const findings: Finding<Count>[] = [];
  const suspects: number[] = [];
  let graphs = 0;
  for (; graphs < count && !signal.aborted; graphs += 1) {
    const found = judged(cover, solve, seed + graphs);
    if (found.length > 0) suspects.push(seed + graphs);
    findings.push(...found);
    // an interruption is heard between graphs
    await turn();
    if ((graphs + 1) % TOLD_EVERY === 0) progress(`${graphs + 1} of ${count} graphs, ${suspects.length} of them not right`);
  }
  return {
    counts: Object.fromEntries(COUNTS.map((name) => [name, findings.filter((finding) => finding.count === name).length])),
    ...{ figures: { graphs }, suspects, findings: findings.map(({ count: kind, what }) => `${kind}: ${what}`) },
  };
};

const SELF_TEST_GRAPHS = 150;

const selfTest = async (asked: CheckRun) => {
  const small = { ...asked, count: SELF_TEST_GRAPHS, progress: () => undefined };
  mustBeClean((await runWith(ringCover, small)).findings);
  const solve = await highsSolver();
  return plantEach(mutants, asked, async ({ cover }) => {
    for (let n = 0; n < SELF_TEST_GRAPHS; n += 1) {
      const found = judged(cover, solve, asked.seed + n);
      if (found.length > 0) return countsOf(found);
    }
    return [];
  });
};

export const ringsCheck: Check = {
  name: 'rings',
  about:
    'exchange rings, cycles and chains, beside every way there is: the best, valid, the same whatever way the solver went; --real: public kidney exchanges beside published optima; count: graphs',
  defaultCount: 5_000,
  logs: ['memory'],
  sizes: {},
  run: (asked) => runWith(ringCover, asked),
  selfTest,
  real: publicInstances,
};
