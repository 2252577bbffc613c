import { admits, paid, place, remove, seatCost } from './seating';
import { absent, unserved, type Seats } from './seats';

/** Where the cheapest way found so far ends: a seat left free in `room`, or, where `room` is −1, an unserved request that gets one. */
interface End {
  cost: number;
  room: number;
  /** The unserved request, the arc to its seat, and the room of that. */
  request: number;
  arc: number;
  to: number;
}

/** Somebody would come by the arc at this place: they are unserved, or their seat is then free for the next. */
const invite = (seats: Seats, end: End, { at, to, cost }: { readonly at: number; readonly to: number; readonly cost: number }): void => {
  const { search, price, load, byOffer } = seats;
  const request = byOffer.request[at]!;
  const room = seats.room[request]!;
  const arc = byOffer.arcs[at]!;
  if (room === unserved) return void Object.assign(end, { cost, room: -1, request, arc, to });
  search.seen[room] = search.turn;
  search.label[room] = cost;
  search.request[room] = request;
  search.arc[room] = arc;
  search.from[room] = to;
  const left = cost + price[room]! - seatCost(seats, room, load[room]! - 1);
  if (left < end.cost) Object.assign(end, { cost: left, room });
  search.queue.add(cost, room);
};

/** Asks all that have an arc to this offer. Millions pass here: whoever is well where they are is passed over first. */
const inviteTo = (seats: Seats, end: End, { offer, to }: { readonly offer: number; readonly to: number }): void => {
  const { search, byOffer, price, value, opening, arc } = seats;
  const { cost: costs } = seats.problem.arcs;
  const { seen, label, turn } = search;
  const base = label[to]! + price[to]!;
  const isGroup = opening[to] !== undefined;
  const last = byOffer.first[offer + 1]!;
  for (let at = byOffer.first[offer]!; at < last; at += 1) {
    const request = byOffer.request[at]!;
    const room = seats.room[request]!;
    const pays = room < 0 ? value : costs[arc[request]!]! + price[room]!;
    const cost = base + byOffer.cost[at]! - pays;
    if (cost >= end.cost || room === to || room === absent) continue;
    if (room >= 0 && seen[room] === turn && label[room]! <= cost) continue;
    if (!isGroup || admits(seats, to, byOffer.arcs[at]!, request)) invite(seats, end, { at, to, cost });
  }
};

const inviteAll = (seats: Seats, end: End, room: number): void => {
  const { byOffer, problem } = seats;
  const opening = seats.opening[room];
  if (opening) return inviteTo(seats, end, { offer: opening.offer, to: room });
  for (let each = byOffer.firstOffer[room]!; each < byOffer.firstOffer[room + 1]!; each += 1) {
    const offer = byOffer.offers[each]!;
    if (problem.offers.largest[offer] === 1) inviteTo(seats, end, { offer, to: room });
  }
};

const follow = (seats: Seats, end: End, filled: number): void => {
  const { search } = seats;
  let free = end.room;
  if (free < 0) {
    place(seats, end.request, { room: end.to, arc: end.arc });
    free = end.to;
    // The seat that the newcomer takes is the one that the way before it set free.
  }
  while (free !== filled) {
    const request = search.request[free]!;
    const [to, arc] = [search.from[free]!, search.arc[free]!];
    remove(seats, request, unserved);
    place(seats, request, { room: to, arc });
    free = to;
  }
};

/** Fills one free seat of the room by the cheapest way through others' seats, or leaves it free for good. Answers whether it was filled. */
const fillOne = (seats: Seats, filled: number): boolean => {
  const { search, price } = seats;
  search.turn += 1;
  search.queue.clear();
  search.scanned.length = 0;
  const stays = price[filled]! - seatCost(seats, filled, seats.load[filled]!);
  const end: End = { cost: stays, room: filled, request: -1, arc: -1, to: -1 };
  search.seen[filled] = search.turn;
  search.label[filled] = 0;
  search.queue.add(0, filled);
  for (let room = search.queue.take(); room >= 0; room = search.queue.take()) {
    if (search.queue.price() >= end.cost) break;
    if (search.queue.price() > search.label[room]!) continue;
    search.scanned.push(room);
    inviteAll(seats, end, room);
  }
  for (const room of search.scanned) price[room]! -= end.cost - search.label[room]!;
  const before = seats.load[filled]!;
  follow(seats, end, filled);
  return seats.load[filled]! > before;
};

/** The most that anybody who sits elsewhere would pay for a seat by one of this offer's arcs. */
const bidFor = (seats: Seats, offer: number, room: number): number => {
  const { byOffer } = seats;
  const isGroup = seats.opening[room] !== undefined;
  let most = -Infinity;
  for (let at = byOffer.first[offer]!; at < byOffer.first[offer + 1]!; at += 1) {
    const request = byOffer.request[at]!;
    if (seats.room[request] === absent || (isGroup && !admits(seats, room, byOffer.arcs[at]!, request))) continue;
    most = Math.max(most, paid(seats, request) - byOffer.cost[at]!);
  }
  return most;
};

const offersTo = ({ byOffer, problem, opening }: Seats, room: number): readonly number[] => {
  const held = opening[room];
  if (held) return [held.offer];
  const own = Array.from(byOffer.offers.subarray(byOffer.firstOffer[room], byOffer.firstOffer[room + 1]));
  return own.filter((offer) => problem.offers.largest[offer] === 1);
};

/** Prices an empty room so that nobody sits elsewhere who would rather be here, by filling it as far as that pays. */
export const fillRoom = (seats: Seats, room: number): void => {
  let price = seatCost(seats, room, seats.load[room]!);
  for (const offer of offersTo(seats, room)) price = Math.max(price, bidFor(seats, offer, room));
  seats.price[room] = price;
  while (seats.load[room]! < seats.capacity[room]! && seats.price[room]! > seatCost(seats, room, seats.load[room]!))
    if (!fillOne(seats, room)) return;
};

/** Fills a seat that somebody left, if anybody would rather sit there. */
export const fillVacated = (seats: Seats, room: number): void => {
  if (seats.price[room]! > seatCost(seats, room, seats.load[room]!)) fillOne(seats, room);
};
