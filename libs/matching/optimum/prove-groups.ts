import type { Apart } from './apart';
import { branchAndBound } from './branch-and-bound';
import { componentsOf, type Component } from './components';
import { groupOffers } from './giver-gain';
import { shortfall } from './group-choice';
import type { Seats } from './seats';

/** How much is tried to prove groups the best: numbers of steps, not of seconds, so that every machine stops at the same (R18). */
export interface Effort {
  /** Arcs that all cases together may look at. */
  readonly work: number;
  /** Cases of one component. */
  readonly nodes: number;
  /** Configurations of one giver: more are not tried. */
  readonly configurations: number;
}

/** So much that a round of a large network stays short. */
export const roundEffort: Effort = { work: 1_000_000, nodes: 2_000, configurations: 300 };
/** Below so many it is no use to begin. */
const FEWEST_NODES = 20;

export const groupGivers = ({ problem, byOffer }: Seats): readonly number[] => {
  const givers: number[] = [];
  for (let giver = 0; giver < problem.givers.count; giver += 1)
    if (problem.givers.capacity[giver]! > 0 && groupOffers({ problem, byOffer }, giver).length > 0) givers.push(giver);
  return givers;
};

const arcsIn = ({ problem: { arcs } }: Seats, { requests }: Component): number =>
  requests.reduce((sum, request) => sum + arcs.first[request + 1]! - arcs.first[request]!, 0);

/** Components whose groups are not yet proven to be the best, the smallest first: most are proven with the least work. */
const openComponents = (seats: Seats, withGroups: ReadonlySet<number>) =>
  componentsOf(seats.problem)
    .map((component) => ({ component, givers: component.givers.filter((giver) => withGroups.has(giver)) }))
    .filter(({ givers }) => givers.some((giver) => shortfall(seats, giver) > 0))
    .map((open) => ({ ...open, arcs: arcsIn(seats, open.component) }))
    .sort((a, b) => a.arcs - b.arcs);

export interface Proven {
  /** What bounds by prices alone allow beyond what is proven. */
  readonly spared: number;
  readonly givers: ReadonlySet<number>;
}

/** Searches what prices leave open, where it is small. */
export const proveGroups = (seats: Seats, apart: Apart, withGroups: readonly number[], effort: Effort): Proven => {
  let work = effort.work;
  let spared = 0;
  const proven = new Set<number>();
  for (const { component, givers, arcs } of openComponents(seats, new Set(withGroups))) {
    const nodes = Math.min(effort.nodes, Math.floor(work / (arcs + 1)));
    if (nodes < FEWEST_NODES) break;
    work -= nodes * arcs;
    if (!branchAndBound(seats, apart, { component, givers, nodes, configurations: effort.configurations })) continue;
    spared += givers.reduce((sum, giver) => sum + shortfall(seats, giver), 0);
    for (const giver of givers) proven.add(giver);
  }
  return { spared, givers: proven };
};
