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
