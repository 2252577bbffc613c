import type { Apart } from './apart';
import { branchAndBound } from './branch-and-bound';
import { componentsOf, type Component } from './components';
import { groupOffers } from './giver-gain';
import { shortfall } from './group-choice';
import type { Seats } from './seats';

/** How many arcs all cases that are tried may look at: a number of steps, not of seconds, so that every machine stops at the same (R18). */
const WORK = 4_000_000;
const NODES = 2_000;
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

/** Searches what prices leave open, where it is small. Answers what bounds by prices alone allow beyond what is proven now. */
export const proveGroups = (seats: Seats, apart: Apart, withGroups: readonly number[]): number => {
  let work = WORK;
  let spared = 0;
  for (const { component, givers, arcs } of openComponents(seats, new Set(withGroups))) {
    const nodes = Math.min(NODES, Math.floor(work / (arcs + 1)));
    if (nodes < FEWEST_NODES) break;
    work -= nodes * arcs;
    const proven = branchAndBound(seats, apart, { component, givers, nodes });
    if (proven) spared += givers.reduce((sum, giver) => sum + shortfall(seats, giver), 0);
  }
  return spared;
};
