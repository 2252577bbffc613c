import type { AssignmentProblem } from '../optimum/assignment-problem';
import type { Arc } from './exchange-graph';
import type { IntegerSolver } from './integer-program';
import { areTooMany, ringCover, type RingLimits } from './ring-cover';

/** By which request and offer somebody could give to somebody. */
interface Gift extends Arc {
  readonly request: number;
  readonly offer: number;
}

/** Of several ways to give to one learner the cheapest. Offers that want a group, and givers without room, are in no ring. */
const giftsIn = ({ requests, offers, givers, arcs }: AssignmentProblem): ReadonlyMap<string, Gift> => {
  const dearest = arcs.cost.reduce((most, cost) => Math.max(most, cost), 0);
  const gifts = new Map<string, Gift>();
  for (let request = 0; request < requests.count; request += 1)
    for (let arc = arcs.first[request]!; arc < arcs.first[request + 1]!; arc += 1) {
      const offer = arcs.offer[arc]!;
      const [from, to] = [offers.giver[offer]!, requests.learner[request]!];
      if (offers.smallest[offer]! > 1 || givers.capacity[from]! < 1) continue;
      const gift = { from, to, weight: dearest + 1 - arcs.cost[arc]!, request, offer };
      const known = gifts.get(`${from} ${to}`);
      if (!known || gift.weight > known.weight) gifts.set(`${from} ${to}`, gift);
    }
  return gifts;
};

/** Members without a request: a chain starts with one of them. */
const startersIn = ({ requests, givers }: AssignmentProblem): ReadonlySet<number> => {
  const seekers = new Set(requests.learner);
  return new Set(Array.from({ length: givers.count }, (_, member) => member).filter((member) => !seekers.has(member)));
};

/** By request, the offer that serves it and the number of its ring or chain; −1: none. */
export interface InRings {
  readonly assigned: Int32Array;
  readonly ring: Int32Array;
}

/**
 * A round in which whoever learns gives, too, in exchange rings: each member in one at most, with one request and one offer.
 * Givers and learners must have the same numbers. Serves the most in rings; of those, at the least cost. Groups are of one each. Null where more rings are possible than can be solved.
 */
export const ringAssignment = (
  problem: AssignmentProblem,
  { limits, seed }: { readonly limits: RingLimits; readonly seed: number },
  solve: IntegerSolver,
): InRings | null => {
  const gifts = giftsIn(problem);
  const graph = { members: problem.givers.count, starters: startersIn(problem), arcs: [...gifts.values()] };
  if (areTooMany(graph, limits)) return null;
  const [assigned, ring] = [new Int32Array(problem.requests.count).fill(-1), new Int32Array(problem.requests.count).fill(-1)];
  ringCover(graph, { limits, seed, by: 'count' }, solve).forEach(({ arcs }, number) => {
    for (const { from, to } of arcs) {
      const gift = gifts.get(`${from} ${to}`)!;
      assigned[gift.request] = gift.offer;
      ring[gift.request] = number;
    }
  });
  return { assigned, ring };
};
