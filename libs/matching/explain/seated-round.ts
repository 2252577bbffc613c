import { arcFor, type Search } from '../candidates/candidates';
import { arcsByOffer, type ArcsByOffer } from '../optimum/arcs-by-offer';
import type { ArcColumns, AssignmentResult } from '../optimum/assignment-problem';
import { isPair } from '../pairs';
import { problemOf } from '../round-problem';

/** A group with room for one more. */
interface OpenGroup {
  readonly halfDays: number;
  readonly ways: number;
  readonly sought: readonly number[];
}

/** Where everybody sits after a round. `alone` and `served` are columns by request, `free` by giver. */
export interface SeatedRound {
  readonly search: Search;
  readonly byOffer: ArcsByOffer;
  /** Who teaches the request alone, and would be free without it; −1: nobody. */
  readonly alone: Int32Array;
  readonly served: Uint8Array;
  /** Places that givers have left. */
  readonly free: Int32Array;
  /** By offer. */
  readonly groups: ReadonlyMap<number, readonly OpenGroup[]>;
}

type Sat = Pick<AssignmentResult, 'assigned' | 'group'>;

interface Sitting {
  readonly given: number;
  readonly sought: number[];
}

const sittingsIn = ({ assigned, group }: Sat): readonly Sitting[] => {
  const sittings = new Map<number, Sitting>();
  assigned.forEach((given, sought) => {
    if (given < 0) return;
    const known = sittings.get(group[sought]!);
    if (known) known.sought.push(sought);
    else sittings.set(group[sought]!, { given, sought: [sought] });
  });
  return [...sittings.values()];
};

const openGroup = (search: Search, { given, sought }: Sitting): OpenGroup => {
  const arcs = sought.map((each) => arcFor(search, given, each));
  const both = (pick: (arc: (typeof arcs)[number]) => number): number => arcs.reduce((bits, arc) => bits & pick(arc), 0xffff);
  return { sought, halfDays: both(({ halfDays }) => halfDays), ways: both(({ ways }) => ways) };
};

export const seatedRound = (search: Search, arcs: ArcColumns, sat: Sat): SeatedRound => {
  const { market } = search;
  const alone = new Int32Array(market.requests.length).fill(-1);
  const free = market.places.slice();
  const groups = new Map<number, OpenGroup[]>();
  for (const sitting of sittingsIn(sat)) {
    const { given, sought } = sitting;
    const { smallestGroup, largestGroup } = market.offers[given]!;
    const giver = market.offer.member[given]!;
    free[giver]! -= 1;
    if (sought.length === 1 && smallestGroup === 1) alone[sought[0]!] = giver;
    if (sought.length < largestGroup) groups.set(given, [...(groups.get(given) ?? []), openGroup(search, sitting)]);
  }
  const served = Uint8Array.from(sat.assigned, (given) => (given < 0 ? 0 : 1));
  return { search, byOffer: arcsByOffer(problemOf(market, arcs)), alone, served, free, groups };
};

/** Whether a group of this offer has a place that this request may take. */
export const joins = ({ search, groups }: SeatedRound, given: number, sought: number): boolean => {
  const open = groups.get(given);
  if (!open) return false;
  const { request, forbidden } = search.market;
  const { halfDays, ways } = arcFor(search, given, sought);
  const learner = request.member[sought]!;
  const gladly = (other: number): boolean => {
    const member = request.member[other]!;
    return member !== learner && !isPair(forbidden, member, learner);
  };
  return open.some((group) => (group.halfDays & halfDays) !== 0 && (group.ways & ways) !== 0 && group.sought.every(gladly));
};
