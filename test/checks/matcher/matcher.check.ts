import { setImmediate as turn } from 'node:timers/promises';
import { highsSolver } from '#highs/highs-solver';
import { optimumMatcher } from '#matching/optimum-matcher';
import type { AssignmentSolver } from '#matching/optimum/assignment-problem';
import { solve, solveWith } from '#matching/optimum/solve';
import type { Matcher } from '#matching/matcher';
import type { Check, CheckResult, CheckRun } from '../runner/check';
import type { Finding } from '../runner/schedules';
import { countsOf, mustBeClean, plantEach } from '../runner/self-test';
import { COUNTS, integerProgram, judged, tryingAll, type Count, type Judged, type Oracle } from './judge';
import { judgedRound } from './judge-round';
import { mutants } from './mutants';
import { roundMutants } from './round-mutants';

/** More than in a round, where what is left open is told: up to `REQUESTS` everything must be proven. */
const product = solveWith({ work: 400_000_000, nodes: 200_000, configurations: 20_000 });

/** At most, in an instance beside the integer program where everything must be proven. */
const REQUESTS = 12;
/** At most, where a gap may be left, as in a round: the optimum must lie within it. */
const LARGER_REQUESTS = 24;
const TOLD_EVERY = 250;

interface Part {
  readonly solver: AssignmentSolver;
  readonly oracle: Oracle;
  readonly count: number;
}

/** Each instance from its seed alone; the same seeds for each oracle. */
const judgeAll = async ({ solver, oracle, count }: Part, { seed, signal, progress }: CheckRun): Promise<readonly Judged[]> => {
  const all: Judged[] = [];
  let wrong = 0;
  for (let n = 0; n < count && !signal.aborted; n += 1) {
    const one = judged(solver, oracle, seed + n);
    all.push(one);
    if (one.findings.length > 0) wrong += 1;
    if (all.length % TOLD_EVERY === 0) progress(`${all.length} of ${count} beside ${oracle.name}, ${wrong} of them not right`);
    // an interruption is heard between instances
    await turn();
  }
  return all;
};

/** Whole rounds, with gates that are hard, soft and off, from as many seeds. */
const judgeRounds = async ({ seed, count, signal, progress }: CheckRun): Promise<readonly Finding<Count>[]> => {
  const all: Finding<Count>[] = [];
  for (let n = 0; n < count && !signal.aborted; n += 1) {
    all.push(...judgedRound(optimumMatcher, seed + n));
    if (n % TOLD_EVERY === TOLD_EVERY - 1) progress(`${n + 1} of ${count} rounds with gates, ${all.length} faults`);
    // an interruption is heard between rounds
    await turn();
  }
  return all;
};

/** Small instances cost little: five beside every way for each beside the integer program; larger ones much: one for ten. */
const SMALL_PER_INSTANCE = 5;
const INSTANCES_PER_LARGER = 10;

const run = async (asked: CheckRun): Promise<CheckResult> => {
  const integers = await highsSolver();
  const highs = integerProgram(integers, { requests: asked.sizes['requests'] ?? REQUESTS, provesAll: true });
  const within = integerProgram(integers, { requests: asked.sizes['larger'] ?? LARGER_REQUESTS, provesAll: false });
  asked.progress(
    `seed ${asked.seed}: ${asked.count} instances beside ${highs.name}, ${asked.count * SMALL_PER_INSTANCE} beside ${tryingAll.name}`,
  );
  const small = await judgeAll({ solver: product, oracle: tryingAll, count: asked.count * SMALL_PER_INSTANCE }, asked);
  const large = await judgeAll({ solver: product, oracle: highs, count: asked.count }, asked);
  const larger = await judgeAll({ solver: solve, oracle: within, count: Math.ceil(asked.count / INSTANCES_PER_LARGER) }, asked);
  const all = [...larger, ...large, ...small];
  const findings = [...all.flatMap((one) => one.findings), ...(await judgeRounds(asked))];
  return {
    counts: Object.fromEntries(COUNTS.map((name) => [name, findings.filter(({ count }) => count === name).length])),
    figures: { instances: large.length, small: small.length, larger: larger.length, open: all.filter(({ isOpen }) => isOpen).length },
    findings: findings.map(({ count, what }) => `${count}: ${what}`),
    suspects: [...new Set(all.filter((one) => one.findings.length > 0).map(({ seed }) => seed))],
  };
};

const SELF_TEST_INSTANCES = 300;

/** The counts of the first instance that is not right beside every way, with what it says; none where all are. */
const firstFindings = (solver: AssignmentSolver, seed: number): Judged['findings'] => {
  for (let n = 0; n < SELF_TEST_INSTANCES; n += 1) {
    const { findings } = judged(solver, tryingAll, seed + n);
    if (findings.length > 0) return findings;
  }
  return [];
};

const firstRoundFindings = (matcher: Matcher, seed: number): readonly Finding<Count>[] => {
  for (let n = 0; n < SELF_TEST_INSTANCES; n += 1) {
    const findings = judgedRound(matcher, seed + n);
    if (findings.length > 0) return findings;
  }
  return [];
};

const selfTest = async (asked: CheckRun) => {
  mustBeClean(firstFindings(product, asked.seed).map(({ what }) => what));
  mustBeClean((await judgeRounds({ ...asked, count: SELF_TEST_INSTANCES })).map(({ what }) => what));
  // an interruption is heard between mutants
  const solvers = await plantEach(mutants, asked, async ({ spoil }) => (await turn(), countsOf(firstFindings(spoil(product), asked.seed))));
  const rounds = await plantEach(
    roundMutants,
    asked,
    async ({ spoil }) => (await turn(), countsOf(firstRoundFindings(spoil(optimumMatcher), asked.seed))),
  );
  return [...solvers, ...rounds];
};

export const matcherCheck: Check = {
  name: 'matcher',
  about:
    'random rounds of every shape: the solver beside an integer program of the check’s own and, for five times as many small ones, beside every way there is, all to be proven; for a tenth as many larger ones, as a round leaves them, the optimum within the gap; each result validated, its certificate looked at; and whole rounds by gates that are hard, soft and off; count: instances',
  defaultCount: 2_000,
  logs: ['memory'],
  sizes: { requests: REQUESTS, larger: LARGER_REQUESTS },
  run,
  selfTest,
};
