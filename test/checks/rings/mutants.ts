import { ringCover } from '#matching/exact/ring-cover';
import type { Mutant } from '../runner/self-test';

export type Cover = typeof ringCover;

interface CoverMutant extends Mutant {
  readonly cover: Cover;
}

/** Bugs in what is chosen, and in how equals are told apart. */
export const mutants: readonly CoverMutant[] = [
  { bug: 'a ring is left out', cover: (...given) => ringCover(...given).slice(1) },
  {
    bug: 'cycles are one member longer than they may be',
    cover: (graph, policy, solve) =>
      ringCover(graph, { ...policy, limits: { ...policy.limits, longestCycle: policy.limits.longestCycle + 1 } }, solve),
  },
  {
    bug: 'chains are one gift shorter than they may be',
    cover: (graph, policy, solve) =>
      ringCover(graph, { ...policy, limits: { ...policy.limits, longestChain: Math.max(0, policy.limits.longestChain - 1) } }, solve),
  },
  {
    bug: 'weights are not looked at',
    cover: (graph, policy, solve) => {
      const alike = graph.arcs.map((arc) => ({ ...arc, weight: Math.min(1, arc.weight) }));
      const weightOf = new Map(graph.arcs.map((arc) => [`${arc.from} ${arc.to}`, arc]));
      return ringCover({ ...graph, arcs: alike }, policy, solve).map((ring) => ({
        ...ring,
        arcs: ring.arcs.map((arc) => weightOf.get(`${arc.from} ${arc.to}`) ?? arc),
      }));
    },
  },
  {
    bug: 'the heaviest is taken where the most should receive',
    cover: (graph, policy, solve) => ringCover(graph, { ...policy, by: 'weight' }, solve),
  },
  { bug: 'between equals the solver decides', cover: (graph, policy, solve) => ringCover(graph, { ...policy, seed: null }, solve) },
  {
    bug: 'members stand in several rings',
    cover: (graph, policy, solve) =>
      ringCover(graph, policy, (program) =>
        solve({ ...program, rows: program.rows.filter(({ least, most }) => least !== 0 || most !== 1) }),
      ),
  },
  {
    bug: 'a chain goes on from whoever does not receive',
    cover: (graph, policy, solve) =>
      ringCover(graph, policy, (program) => solve({ ...program, rows: program.rows.filter(({ least }) => least !== -1) })),
  },
  {
    bug: 'a solver stops at the first thing that is possible',
    cover: (graph, policy, solve) =>
      ringCover(graph, policy, (program) => solve({ ...program, weights: program.weights.map((_, column) => (column === 0 ? 1 : 0)) })),
  },
  { bug: 'those who seek nothing are given to', cover: (graph, ...rest) => ringCover({ ...graph, starters: new Set() }, ...rest) },
];
