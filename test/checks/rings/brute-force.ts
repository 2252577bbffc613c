import type { ExchangeGraph } from '#matching/exact/exchange-graph';
import type { RingLimits } from '#matching/exact/ring-cover';

/** Members and value of one ring. */
interface Candidate {
  readonly members: number;
  readonly received: number;
  readonly weight: number;
}

/** How many receive, and what it weighs. */
export interface Value {
  readonly received: number;
  readonly weight: number;
}

/** Every walk from every member, with no thought of saving any: cycles are found once for each of their members. */
const candidatesIn = ({ members, starters, arcs }: ExchangeGraph, { longestCycle, longestChain }: RingLimits): readonly Candidate[] => {
  const weights = new Map(arcs.map(({ from, to, weight }) => [`${from} ${to}`, weight]));
  const weightOf = (from: number, to: number): number => weights.get(`${from} ${to}`) ?? 0;
  const found: Candidate[] = [];
  const walk = (trail: readonly number[], weight: number): void => {
    const [first = 0, last = 0] = [trail[0], trail.at(-1)];
    const mask = trail.reduce((bits, member) => bits | (1 << member), 0);
    const isChain = starters.has(first);
    const back = weightOf(last, first);
    if (isChain && trail.length > 1) found.push({ members: mask, received: trail.length - 1, weight });
    if (!isChain && trail.length > 1 && back > 0) found.push({ members: mask, received: trail.length, weight: weight + back });
    if (trail.length >= (isChain ? longestChain + 1 : longestCycle)) return;
    for (let next = 0; next < members; next += 1) {
      const given = weightOf(last, next);
      if (given > 0 && !trail.includes(next) && !starters.has(next)) walk([...trail, next], weight + given);
    }
  };
  for (let member = 0; member < members; member += 1) walk([member], 0);
  return found;
};

/** The best over all sets of rings that share nobody, by going through them all; for up to about ten members. */
export const bestByTrying = (graph: ExchangeGraph, limits: RingLimits, isBetter: (one: Value, other: Value) => boolean): Value => {
  const byLowest = Array.from({ length: graph.members }, (): Candidate[] => []);
  for (const candidate of candidatesIn(graph, limits)) byLowest[31 - Math.clz32(candidate.members & -candidate.members)]?.push(candidate);
  const known = new Map<number, Value>();
  const best = (taken: number, from: number): Value => {
    if (from >= graph.members) return { received: 0, weight: 0 };
    const key = taken * 16 + from;
    const before = known.get(key);
    if (before) return before;
    let found = best(taken, from + 1);
    for (const { members, received, weight } of byLowest[from] ?? []) {
      if ((taken & members) !== 0) continue;
      const rest = best(taken | members, from + 1);
      const value = { received: rest.received + received, weight: rest.weight + weight };
      if (isBetter(value, found)) found = value;
    }
    known.set(key, found);
    return found;
  };
  return best(0, 0);
};
