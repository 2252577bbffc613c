import { arcsByOffer, type ArcsByOffer } from './arcs-by-offer';
import type { AssignmentProblem } from './assignment-problem';
import { priceQueue, type PriceQueue } from './price-queue';

/** A request that is served by nobody, and one that is out of the market until it is seated. */
export const unserved = -1;
export const absent = -2;

/** A group to be held: the offer, the one half-day and way (bits) that all of it share, and who may not be in it. */
export interface Opening {
  readonly offer: number;
  readonly halfDay: number;
  readonly way: number;
  readonly banned: readonly number[];
}

/**
 * Seats with prices. A *room* is what holds learners: room g, below the number of givers, is where giver g teaches one by one; each group
 * that is open has a room besides. For given groups this is a minimum-cost flow, and it is optimal as soon as nobody is absent, since prices keep:
 * - a request sits where its cost and the room's price are least; one that is unserved finds no room below `value`;
 * - a room's price is at least what its last seat taken costs and, where one is free, at most what that seat costs.
 */
export interface Seats {
  readonly problem: AssignmentProblem;
  readonly byOffer: ArcsByOffer;
  /** What serving a request is worth: more than all costs together. */
  readonly value: number;
  /** What no assignment costs more than. */
  readonly mostCost: number;
  /** By room. The first `must` seats may not stay free; the others cost `from`, each `rise` more than the one before. */
  readonly capacity: Int32Array;
  readonly load: Int32Array;
  readonly must: Int32Array;
  readonly from: Float64Array;
  readonly rise: Float64Array;
  readonly price: Float64Array;
  readonly opening: (Opening | undefined)[];
  /** Rooms for groups of giver g: `firstRoom[g]` up to, without, `firstRoom[g + 1]`; as many as their capacity, where they offer any. */
  readonly firstRoom: Int32Array;
  /** Rooms of an offer's open groups, chained; −1 ends. */
  readonly firstOpen: Int32Array;
  readonly nextOpen: Int32Array;
  /** Who sits in a room, chained. */
  readonly firstSeated: Int32Array;
  readonly nextSeated: Int32Array;
  readonly previousSeated: Int32Array;
  /** By request: its room, and the arc that leads there. */
  readonly room: Int32Array;
  readonly arc: Int32Array;
  /** Costs of arcs and of seats, and how many seats are free that may not be. */
  readonly totals: { served: number; arcs: number; seats: number; missing: number };
  /** Less than what any seat could cost: the price at which one that may not stay free still asks for somebody. */
  readonly mustCost: number;
  readonly search: Search;
}

/** What one search for a shortest way writes; by room. */
export interface Search {
  readonly queue: PriceQueue;
  readonly label: Float64Array;
  readonly request: Int32Array;
  readonly arc: Int32Array;
  readonly from: Int32Array;
  readonly seen: Int32Array;
  /** Rooms whose label is final, in order. */
  readonly scanned: number[];
  turn: number;
}

const searchOf = (rooms: number): Search => ({
  queue: priceQueue(),
  label: new Float64Array(rooms),
  request: new Int32Array(rooms),
  arc: new Int32Array(rooms),
  from: new Int32Array(rooms),
  seen: new Int32Array(rooms),
  scanned: [],
  turn: 0,
});

const isGroup = ({ offers }: AssignmentProblem, offer: number): boolean => offers.largest[offer]! > 1;

/** What no assignment costs more than, where no arc costs more than `dearest`. */
const mostCost = ({ requests, givers }: Pick<AssignmentProblem, 'requests' | 'givers'>, dearest: number): number => {
  let load = 0;
  for (let g = 0; g < givers.count; g += 1) load = Math.max(load, givers.loadCost * (givers.engaged[g]! + givers.capacity[g]!));
  return requests.count * (dearest + load);
};

const dearestIn = ({ arcs }: AssignmentProblem): number => arcs.cost.reduce((most, cost) => Math.max(most, cost), 0);

/** More than what any assignment costs, by a quarter: so that a served request outweighs all, and no sum is beyond 2^53. */
const valueOfService = (most: number): number => most + Math.floor(most / 4) + 1;

const roomsOf = (problem: AssignmentProblem): { readonly firstRoom: Int32Array; readonly rooms: number } => {
  const { givers, offers } = problem;
  const withGroups = new Uint8Array(givers.count);
  for (let o = 0; o < offers.count; o += 1) if (isGroup(problem, o)) withGroups[offers.giver[o]!] = 1;
  const firstRoom = new Int32Array(givers.count + 1);
  let rooms = givers.count;
  for (let g = 0; g < givers.count; g += 1) {
    firstRoom[g] = rooms;
    rooms += withGroups[g]! * givers.capacity[g]!;
  }
  firstRoom[givers.count] = rooms;
  return { firstRoom, rooms };
};

/** Everybody absent, no group open. No arc costs more than `dearest`, here or where more are added. */
export const emptySeats = (problem: AssignmentProblem, dearest: number = dearestIn(problem)): Seats => {
  const { requests, offers, givers } = problem;
  const { firstRoom, rooms } = roomsOf(problem);
  const most = mostCost(problem, dearest);
  const value = valueOfService(most);
  const from = new Float64Array(rooms);
  for (let g = 0; g < givers.count; g += 1) from[g] = givers.loadCost * givers.engaged[g]!;
  const capacity = new Int32Array(rooms);
  capacity.set(givers.capacity);
  return {
    problem,
    byOffer: arcsByOffer(problem),
    value,
    mostCost: most,
    capacity,
    load: new Int32Array(rooms),
    must: new Int32Array(rooms),
    from,
    rise: new Float64Array(rooms).fill(givers.loadCost, 0, givers.count),
    price: from.slice(),
    opening: new Array<Opening | undefined>(rooms).fill(undefined),
    firstRoom,
    firstOpen: new Int32Array(offers.count).fill(-1),
    nextOpen: new Int32Array(rooms).fill(-1),
    firstSeated: new Int32Array(rooms).fill(-1),
    nextSeated: new Int32Array(requests.count).fill(-1),
    previousSeated: new Int32Array(requests.count).fill(-1),
    room: new Int32Array(requests.count).fill(absent),
    arc: new Int32Array(requests.count).fill(-1),
    totals: { served: 0, arcs: 0, seats: 0, missing: 0 },
    mustCost: -value * (2 + offers.smallest.reduce((most, each) => Math.max(most, each), 0)),
    search: searchOf(rooms),
  };
};
