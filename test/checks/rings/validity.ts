import type { ExchangeGraph } from '#matching/exact/exchange-graph';
import type { ExchangeRing, RingLimits } from '#matching/exact/ring-cover';

const faultsOfRing = ({ starters }: ExchangeGraph, limits: RingLimits, { kind, arcs }: ExchangeRing): readonly string[] => {
  const faults: string[] = [];
  const [first, last] = [arcs[0], arcs.at(-1)];
  if (!first || !last) return ['a ring is empty'];
  if (arcs.some((arc, at) => at > 0 && arc.from !== arcs[at - 1]?.to)) faults.push('a ring is broken');
  if (kind === 'cycle' && last.to !== first.from) faults.push('a cycle is open');
  if (kind === 'chain' && !starters.has(first.from)) faults.push('a chain begins with somebody who seeks');
  if (arcs.length > (kind === 'cycle' ? limits.longestCycle : limits.longestChain)) faults.push('a ring is too long');
  return faults;
};

/** What is not as a set of rings must be, from its meaning alone. */
export const faultsIn = (graph: ExchangeGraph, limits: RingLimits, rings: readonly ExchangeRing[]): readonly string[] => {
  const all = rings.flatMap(({ arcs }) => arcs);
  const given = new Set(graph.arcs.map(({ from, to, weight }) => `${from} ${to} ${weight}`));
  const twice = (numbers: readonly number[]): boolean => new Set(numbers).size < numbers.length;
  return [
    ...rings.flatMap((ring) => faultsOfRing(graph, limits, ring)),
    ...(all.every(({ from, to, weight }) => given.has(`${from} ${to} ${weight}`)) ? [] : ['a gift that could not be given']),
    ...(twice(all.map(({ to }) => to)) ? ['somebody receives twice'] : []),
    ...(twice(all.map(({ from }) => from)) ? ['somebody gives twice'] : []),
    ...(all.some(({ to }) => graph.starters.has(to)) ? ['somebody receives who seeks nothing'] : []),
  ];
};
