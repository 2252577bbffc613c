import type { AssignmentProblem, AssignmentResult } from '../optimum/assignment-problem';
import type { Arc } from './exchange-graph';
import type { IntegerSolver } from './integer-program';
import { ringCover, type RingLimits } from './ring-cover';

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

/**
 * A round in which whoever learns gives, too, in exchange rings: each member in one at most, with one request and one offer.
 * Givers and learners must have the same numbers. Serves the most in rings; of those, at the least cost. Groups are of one each.
 */
export const ringAssignment = (
  problem: AssignmentProblem,
  { limits, seed }: { readonly limits: RingLimits; readonly seed: number },
  solve: IntegerSolver,
): Pick<AssignmentResult, 'assigned' | 'group'> => {
  const gifts = giftsIn(problem);
  const graph = { members: problem.givers.count, starters: startersIn(problem), arcs: [...gifts.values()] };
  const given = ringCover(graph, { limits, seed, by: 'count' }, solve).flatMap(({ arcs }) => arcs);
  const [assigned, group] = [new Int32Array(problem.requests.count).fill(-1), new Int32Array(problem.requests.count).fill(-1)];
  given.forEach(({ from, to }, number) => {
    const gift = gifts.get(`${from} ${to}`);
    if (!gift) return;
    assigned[gift.request] = gift.offer;
    group[gift.request] = number;
  });
  return { assigned, group };
};
