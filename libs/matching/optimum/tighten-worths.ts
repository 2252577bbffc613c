import type { AssignmentProblem } from './assignment-problem';
import { gainfulArcs, mostGain, type Margins } from './giver-gain';
import { worthOf } from './group-choice';
import { groupRooms } from './regroup';
import type { Seats } from './seats';

/** A request's worth, and by how much it may change. */
type Change = readonly [request: number, by: number];

interface Tightening {
  readonly seats: Seats;
  readonly margins: Margins;
  readonly worth: Float64Array;
  /** By giver, what they could gain at most; where it was asked. */
  readonly most: Map<number, number>;
  /** Arcs that may still be looked at: a number, and no time, so that every machine stops at the same (R18). */
  work: number;
}

const mostOf = (state: Tightening, giver: number): number => {
  const known = state.most.get(giver);
  if (known !== undefined) return known;
  const { first, firstOffer, offers } = state.margins.byOffer;
  for (let at = firstOffer[giver]!; at < firstOffer[giver + 1]!; at += 1) state.work -= first[offers[at]! + 1]! - first[offers[at]!]!;
  const most = mostGain(state.margins, giver);
  state.most.set(giver, most);
  return most;
};

const giversOf = ({ arcs, offers }: AssignmentProblem, changes: readonly Change[]): ReadonlySet<number> => {
  const givers = new Set<number>();
  for (const [request] of changes)
    for (let arc = arcs.first[request]!; arc < arcs.first[request + 1]!; arc += 1) givers.add(offers.giver[arcs.offer[arc]!]!);
  return givers;
};

const sumOf = (state: Tightening, givers: ReadonlySet<number>): number => [...givers].reduce((sum, giver) => sum + mostOf(state, giver), 0);

/** Changes worths if the bound is less then. */
const change = (state: Tightening, changes: readonly Change[]): void => {
  const { seats, worth, most } = state;
  const givers = giversOf(seats.problem, changes);
  const before = sumOf(state, givers);
  const [were, gains] = [changes.map(([request]) => worth[request]!), [...givers].map((giver) => mostOf(state, giver))];
  let paid = 0;
  for (const [request, by] of changes) {
    const next = Math.min(seats.value, Math.max(0, worth[request]! + by));
    paid += next - worth[request]!;
    worth[request] = next;
  }
  for (const giver of givers) most.delete(giver);
  if (paid + sumOf(state, givers) < before) return;
  changes.forEach(([request], at) => (worth[request] = were[at]!));
  [...givers].forEach((giver, at) => most.set(giver, gains[at]!));
};

const seatedIn = ({ firstSeated, nextSeated }: Seats, room: number): readonly number[] => {
  const seated: number[] = [];
  for (let request = firstSeated[room]!; request >= 0; request = nextSeated[request]!) seated.push(request);
  return seated;
};

/** What a giver holds: each learner who is taught alone, each group. */
const engagementsOf = (seats: Seats, giver: number): readonly (readonly number[])[] => [
  ...seatedIn(seats, giver).map((request) => [request]),
  ...groupRooms(seats, giver)
    .map((room) => seatedIn(seats, room))
    .filter((group) => group.length > 0),
];

/** How much more than what they hold a giver could gain, at these worths. */
const excessOf = (state: Tightening, giver: number, held: readonly (readonly number[])[]): number => {
  const { problem, value, arc } = state.seats;
  const { engaged, loadCost } = problem.givers;
  const gained = held.flat().reduce((sum, request) => sum + value - problem.arcs.cost[arc[request]!]! - state.worth[request]!, 0);
  return mostOf(state, giver) - held.reduce((sum, _, n) => sum - loadCost * (engaged[giver]! + n), gained);
};

/** Who could come to this giver and would gain them much. */
const wantedBy = ({ margins, seats }: Tightening, giver: number): readonly number[] => {
  const { firstOffer, offers } = margins.byOffer;
  const own = Array.from(offers.subarray(firstOffer[giver], firstOffer[giver + 1]));
  return own.flatMap((offer) =>
    gainfulArcs(margins, offer)
      .slice(0, seats.problem.offers.largest[offer]! + 1)
      .flatMap(({ request, margin }) => (margin > seats.value / 2 ? [request] : [])),
  );
};

/** An engagement has a price where others want it: then those who hold it are worth less to all others, or those who want it more. */
const tightenAt = (state: Tightening, giver: number): void => {
  const { seats, worth } = state;
  const held = engagementsOf(seats, giver);
  const dear = held.map((engagement) => engagement.filter((request) => worth[request]! > seats.value / 2));
  const [lessEach, moreEach] = [dear.flat(), wantedBy(state, giver).filter((request) => !held.flat().includes(request))];
  const ways: readonly ((by: number) => readonly Change[])[] = [
    ...lessEach.map((request) => (by: number) => [[request, -by] as const]),
    (by) => dear.flatMap(([request]) => (request === undefined ? [] : [[request, -by] as const])),
    ...moreEach.map((request) => (by: number) => [[request, by] as const]),
  ];
  for (const way of ways) {
    const excess = excessOf(state, giver, held);
    if (excess < seats.value / 2 || state.work <= 0) return;
    change(state, way(Math.min(excess, seats.value)));
  }
};

/**
 * What each request is worth, so that as few more as possible could be served at most. Prices are of seats, and a seat that stays free in a
 * group costs nothing; but the group as a whole takes an engagement that others may want. So worths move, one or a few at a time, while that proves more.
 */
export const tightenedWorths = (seats: Seats, givers: readonly number[], work: number): Float64Array => {
  const worth = Float64Array.from(seats.room, (_, request) => worthOf(seats, request));
  const margins: Margins = { problem: seats.problem, byOffer: seats.byOffer, served: seats.value, worthOf: (request) => worth[request]! };
  const state: Tightening = { seats, margins, worth, most: new Map(), work };
  for (const giver of givers) tightenAt(state, giver);
  return worth;
};
