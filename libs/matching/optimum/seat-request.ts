import { admits, place, remove, seatCost } from './seating';
import { unserved, type Seats } from './seats';

/** Where the cheapest way found so far ends: at a free seat of `room`, or (`drop`) with whoever gives theirs up. */
interface End {
  cost: number;
  room: number;
  drop: number;
}

interface Step {
  readonly room: number;
  readonly cost: number;
  readonly request: number;
  readonly arc: number;
}

/** Looks into a room: the way there is cheaper than any before. */
const reach = (seats: Seats, end: End, { room, cost, request, arc }: Step): void => {
  const { search, load, capacity, price } = seats;
  search.seen[room] = search.turn;
  search.label[room] = cost;
  search.request[room] = request;
  search.arc[room] = arc;
  const taken = load[room]!;
  if (taken < capacity[room]!) {
    const whole = cost + seatCost(seats, room, taken) - price[room]!;
    if (whole < end.cost) Object.assign(end, { cost: whole, room, drop: -1 });
  }
  search.queue.add(cost, room);
};

/** All rooms that a request can go to; `from` is what the way cost so far, without what it pays now. Millions of arcs pass here: what is read lies in columns. */
const leave = (seats: Seats, end: End, { request, from }: { readonly request: number; readonly from: number }): void => {
  const { price, firstOpen, nextOpen, search, byOffer } = seats;
  const { arcs } = seats.problem;
  const { seen, label, turn } = search;
  const here = seats.room[request]!;
  const last = arcs.first[request + 1]!;
  for (let arc = arcs.first[request]!; arc < last; arc += 1) {
    const way = from + arcs.cost[arc]!;
    const giver = byOffer.giverAlone[arc]!;
    const isGroup = giver < 0;
    for (let room = isGroup ? firstOpen[arcs.offer[arc]!]! : giver; room >= 0; room = isGroup ? nextOpen[room]! : -1) {
      const cost = way + price[room]!;
      if (cost >= end.cost || room === here || (seen[room] === turn && label[room]! <= cost)) continue;
      if (!isGroup || admits(seats, room, arc, request)) reach(seats, end, { room, cost, request, arc });
    }
  }
};

/** Everybody in this room could go elsewhere, or go without. */
const displace = (seats: Seats, end: End, room: number): void => {
  const { cost } = seats.problem.arcs;
  const [label, price] = [seats.search.label[room]!, seats.price[room]!];
  for (let request = seats.firstSeated[room]!; request >= 0; request = seats.nextSeated[request]!) {
    const from = label - price - cost[seats.arc[request]!]!;
    const dropped = from + seats.value;
    if (dropped < end.cost) Object.assign(end, { cost: dropped, room, drop: request });
    leave(seats, end, { request, from });
  }
};

/** Moves everybody on the way one seat on, from its end back to the newcomer. */
const follow = (seats: Seats, end: End, newcomer: number): void => {
  const { search } = seats;
  if (end.drop >= 0) remove(seats, end.drop, unserved);
  for (let room = end.room; room >= 0;) {
    const request = search.request[room]!;
    const before = request === newcomer ? -1 : seats.room[request]!;
    if (before >= 0) remove(seats, request, unserved);
    place(seats, request, { room, arc: search.arc[room]! });
    room = before;
  }
};

/**
 * Seats a request that was absent, by the cheapest way through others' seats (Dijkstra over reduced costs, as in the successive shortest
 * paths of Ahuja, Magnanti and Orlin), and moves prices so that everybody sits where it is cheapest again.
 */
export const seatRequest = (seats: Seats, newcomer: number): void => {
  const { search, price } = seats;
  search.turn += 1;
  search.queue.clear();
  search.scanned.length = 0;
  const end: End = { cost: seats.value, room: -1, drop: -1 };
  seats.room[newcomer] = unserved;
  leave(seats, end, { request: newcomer, from: 0 });
  for (let room = search.queue.take(); room >= 0; room = search.queue.take()) {
    if (search.queue.price() >= end.cost) break;
    if (search.queue.price() > search.label[room]!) continue;
    search.scanned.push(room);
    displace(seats, end, room);
  }
  for (const room of search.scanned) price[room]! += end.cost - search.label[room]!;
  follow(seats, end, newcomer);
};
