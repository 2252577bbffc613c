import type { AssignmentProblem } from '#matching/optimum/assignment-problem';
import { mix } from '#matching/seeded-hash';

interface Group {
  readonly offer: number;
  readonly requests: number[];
  halfDays: number;
  ways: number;
}

/** Requests in a random order, each to a random offer that still takes it; groups that stay too small are not held. Answers how many are served. */
export const servedAtRandom = ({ requests, offers, givers, arcs }: AssignmentProblem, seed: number): number => {
  const left = givers.capacity.slice();
  const groups = new Map<number, Group>();
  let served = 0;
  const joins = (arc: number, request: number): boolean => {
    const offer = arcs.offer[arc]!;
    const [giver, largest] = [offers.giver[offer]!, offers.largest[offer]!];
    const group = groups.get(offer);
    const [halfDays, ways] = [(group?.halfDays ?? -1) & arcs.halfDays[arc]!, (group?.ways ?? -1) & arcs.ways[arc]!];
    if (group && group.requests.length < largest && halfDays !== 0 && ways !== 0) {
      group.requests.push(request);
      Object.assign(group, { halfDays, ways });
      return true;
    }
    if (left[giver] === 0 || (group && largest > 1)) return false;
    left[giver]! -= 1;
    if (largest > 1) groups.set(offer, { offer, requests: [request], halfDays, ways });
    return true;
  };
  const order = Int32Array.from({ length: requests.count }, (_, request) => request).sort(
    (a, b) => mix(a ^ mix(seed)) - mix(b ^ mix(seed)),
  );
  order.forEach((request, turn) => {
    const [from, to] = [arcs.first[request]!, arcs.first[request + 1]!];
    const start = (mix(turn ^ seed) >>> 0) % Math.max(1, to - from);
    for (let at = 0; at < to - from; at += 1)
      if (joins(from + ((start + at) % (to - from)), request)) {
        served += 1;
        return;
      }
  });
  for (const { offer, requests: learners } of groups.values()) if (learners.length < offers.smallest[offer]!) served -= learners.length;
  return served;
};
