import { greedyMatcher } from '#bench/contenders/greedy/greedy';
import { programOf } from '#bench/contenders/highs-assignment';
import { servedAtRandom } from '#bench/contenders/random-matching';
import { matchingInputs } from '#bench/data/matching-inputs';
import { highsSolver } from '#highs/highs-solver';
import { searchIn } from '#matching/candidates/candidates';
import { allArcs } from '#matching/candidates/group-candidates';
import { marketOf } from '#matching/market';
import type { Matcher } from '#matching/matcher';
import { optimumMatcher } from '#matching/optimum-matcher';
import type { AssignmentProblem, Gap } from '#matching/optimum/assignment-problem';
import { solve } from '#matching/optimum/solve';
import type { RoundInputs } from '#matching/round-inputs';
import { problemOf } from '#matching/round-problem';
import { median } from '../runner/rounds';

/** What one contender did: the median time of a round, and what it found. */
export interface RoundTold {
  readonly ms: number;
  readonly peakMiB: number;
  readonly served: number;
  readonly gap: Gap | null;
  /** Offers and requests that share a topic: what every contender has to choose from. */
  readonly pairs: number;
}

type Found = Pick<RoundTold, 'served' | 'gap'>;
type Contender = (inputs: RoundInputs, seed: number) => Promise<() => Found | Promise<Found>>;

const policy = { defaultCapacity: 2 };
/** From here on a round is run once: what is compiled while it runs is nothing beside it. */
const LARGE = 100_000;
const ROUNDS = 3;

const alone = (inputs: RoundInputs): RoundInputs => ({
  ...inputs,
  offers: inputs.offers.map((offer) => ({ ...offer, smallestGroup: 1, largestGroup: 1 })),
});

const problem = (inputs: RoundInputs, seed: number): AssignmentProblem => {
  const market = marketOf(inputs, policy, seed);
  return problemOf(market, allArcs(searchIn(market)));
};

const whole =
  (matcher: Matcher): Contender =>
  async (inputs, seed) =>
  () => {
    const { unmatched, gap } = matcher(inputs, policy, { seed, makeId: (name) => name });
    return { served: inputs.requests.length - unmatched.length, gap };
  };

const contenders: Readonly<Record<string, Contender>> = {
  optimum: whole(optimumMatcher),
  greedy: whole(greedyMatcher),
  random: async (inputs, seed) => () => ({ served: servedAtRandom(problem(inputs, seed), seed), gap: null }),
  /** One-to-one exchanges alone, from the candidates on: what `highs` is asked, too. */
  flow: async (inputs, seed) => {
    const given = problem(alone(inputs), seed);
    return () => solve(given);
  },
  highs: async (inputs, seed) => {
    const given = problem(alone(inputs), seed);
    const solver = await highsSolver();
    const program = programOf(given, solve(given).certificate.served);
    return () => ({
      served: (solver(program) ?? []).filter((column) => column < given.arcs.offer.length).length,
      gap: { served: 0, cost: 0 },
    });
  },
};

const pairsIn = (inputs: RoundInputs): number => {
  const offers = new Map<string, number>();
  for (const { topicKey } of inputs.offers) offers.set(topicKey, (offers.get(topicKey) ?? 0) + 1);
  return inputs.requests.reduce((sum, { topicKey }) => sum + (offers.get(topicKey) ?? 0), 0);
};

const tell = async (name: string, members: number, seed: number): Promise<RoundTold> => {
  const inputs = matchingInputs(members, seed);
  const round = await contenders[name]!(inputs, seed);
  const once = members >= LARGE || name === 'highs';
  const times: number[] = [];
  if (!once) await round();
  let found: Found = { served: 0, gap: null };
  for (let count = once ? 1 : ROUNDS; count > 0; count -= 1) {
    const start = process.hrtime.bigint();
    found = await round();
    times.push(Number(process.hrtime.bigint() - start) / 1e6);
  }
  return {
    ms: median(times),
    peakMiB: process.resourceUsage().maxRSS / 1_024,
    served: found.served,
    gap: found.gap,
    pairs: pairsIn(inputs),
  };
};

/** `node matching-process.js CONTENDER MEMBERS SEED`: one contender in a process of its own, for its time and its memory. */
const [, , name = '', members = '0', seed = '1'] = process.argv;
void tell(name, Number(members), Number(seed)).then((told) => {
  process.send?.(told);
  process.disconnect();
});
