import { arcsByOffer } from './arcs-by-offer';
import { mostGain } from './giver-gain';
import { problemOf, type ProblemSpec } from './problems.fixture';
import { solveWith } from './solve';

/** Nothing is proven by trying cases: what is proven here, worths prove. */
const byWorths = solveWith({ work: 10_000, nodes: 0, configurations: 0 });

const spec = (offers: ProblemSpec['offers'], requests: readonly (readonly number[])[], capacity: number): ProblemSpec => ({
  learners: requests.map((_, request) => request),
  offers,
  givers: [{ capacity, engaged: 0 }],
  loadCost: 0,
  arcs: requests.flatMap((open, request) => open.map((offer) => ({ request, offer, cost: 1, halfDays: 1, ways: 1 }))),
  forbidden: [],
});

const alone = { giver: 0, smallest: 1, largest: 1 };
const upToThree = { giver: 0, smallest: 1, largest: 3 };

describe('The worths of a round with groups', () => {
  it('let an engagement have its price where groups have seats left: nobody who is taught alone instead is one more (R11)', () => {
    const { served, gap } = byWorths(problemOf(spec([upToThree, upToThree, alone], [[0], [0], [1], [1], [2]], 2)));
    expect([served, gap.served]).toEqual([4, 0]);
  });

  it('do not count a learner of two requests twice in a group (R11)', () => {
    const twice = { ...spec([{ giver: 0, smallest: 2, largest: 3 }], [[0], [0]], 1), learners: [0, 0] };
    expect(byWorths(problemOf(twice))).toMatchObject({ served: 0, gap: { served: 0 } });
  });
});

const [monday, tuesday, wednesday] = [1, 2, 4] as const;

/** What a giver of one offer for up to three could gain at most with two groups, where each request gains 10 and has these half-days. */
const mostWithTwo = (halfDays: readonly number[]): number => {
  const problem = problemOf({
    learners: halfDays.map((_, request) => request),
    offers: [{ giver: 0, smallest: 1, largest: 3 }],
    givers: [{ capacity: 2, engaged: 0 }],
    loadCost: 0,
    arcs: halfDays.map((each, request) => ({ request, offer: 0, cost: 0, halfDays: each, ways: 1 })),
    forbidden: [],
  });
  return mostGain({ problem, byOffer: arcsByOffer(problem), served: 10, worthOf: () => 0 }, 0);
};

describe('What a giver could gain at most', () => {
  it('counts who can come to two groups, whichever half-days these have, and nobody twice (R11)', () => {
    expect(mostWithTwo([monday, monday | tuesday, monday | tuesday, tuesday, wednesday])).toBe(40);
    expect(mostWithTwo([monday, monday | tuesday, tuesday, tuesday, tuesday, wednesday])).toBe(50);
  });

  it('counts two groups on one half-day where nobody could come to more (R11)', () =>
    expect(mostWithTwo([monday, monday, monday, monday, monday, tuesday])).toBe(50));
});
