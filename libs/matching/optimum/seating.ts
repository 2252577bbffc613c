import type { Opening, Seats } from './seats';

/** What the next seat costs after `taken` of the room are. */
export const seatCost = (seats: Seats, room: number, taken: number): number =>
  taken < seats.must[room]! ? seats.mustCost : seats.from[room]! + seats.rise[room]! * taken;

export const place = (seats: Seats, request: number, { room, arc }: { readonly room: number; readonly arc: number }): void => {
  const { totals, firstSeated, nextSeated, previousSeated } = seats;
  const next = firstSeated[room]!;
  nextSeated[request] = next;
  previousSeated[request] = -1;
  if (next >= 0) previousSeated[next] = request;
  firstSeated[room] = request;
  seats.room[request] = room;
  seats.arc[request] = arc;
  totals.served += 1;
  totals.arcs += seats.problem.arcs.cost[arc]!;
  if (seats.load[room]! < seats.must[room]!) totals.missing -= 1;
  else totals.seats += seatCost(seats, room, seats.load[room]!);
  seats.load[room]! += 1;
};

/** Takes the request's seat; what it is then is `unserved` or `absent`. */
export const remove = (seats: Seats, request: number, then: number): void => {
  const { totals, firstSeated, nextSeated, previousSeated } = seats;
  const room = seats.room[request]!;
  if (room >= 0) {
    const [previous, next] = [previousSeated[request]!, nextSeated[request]!];
    if (previous >= 0) nextSeated[previous] = next;
    else firstSeated[room] = next;
    if (next >= 0) previousSeated[next] = previous;
    seats.load[room]! -= 1;
    if (seats.load[room]! < seats.must[room]!) totals.missing += 1;
    else totals.seats -= seatCost(seats, room, seats.load[room]!);
    totals.arcs -= seats.problem.arcs.cost[seats.arc[request]!]!;
    totals.served -= 1;
  }
  seats.room[request] = then;
};

/** What a request pays where it is: never more than `value`, which is what being unserved costs. */
export const paid = (seats: Seats, request: number): number => {
  const room = seats.room[request]!;
  return room < 0 ? seats.value : seats.problem.arcs.cost[seats.arc[request]!]! + seats.price[room]!;
};

/** Whether this arc of this request leads into the open group in this room. */
export const admits = (seats: Seats, room: number, arc: number, request: number): boolean => {
  const { halfDay, way, banned } = seats.opening[room]!;
  const { arcs } = seats.problem;
  if ((arcs.halfDays[arc]! & halfDay) === 0 || (arcs.ways[arc]! & way) === 0) return false;
  return banned.length === 0 || !banned.includes(request);
};

/** Opens a group in a room that has none: empty, at a price that is not judged yet. */
export const open = (seats: Seats, room: number, opening: Opening): void => {
  seats.opening[room] = opening;
  seats.capacity[room] = seats.problem.offers.largest[opening.offer]!;
  // A group of one needs no forcing: its engagement is paid, and whoever comes is welcome.
  const smallest = seats.problem.offers.smallest[opening.offer]!;
  seats.must[room] = smallest > 1 ? smallest : 0;
  seats.totals.missing += seats.must[room]!;
  seats.nextOpen[room] = seats.firstOpen[opening.offer]!;
  seats.firstOpen[opening.offer] = room;
};

/** Closes an empty room's group. */
export const close = (seats: Seats, room: number): void => {
  const { offer } = seats.opening[room]!;
  seats.totals.missing -= seats.must[room]!;
  if (seats.firstOpen[offer] === room) seats.firstOpen[offer] = seats.nextOpen[room]!;
  else {
    let before = seats.firstOpen[offer]!;
    while (seats.nextOpen[before] !== room) before = seats.nextOpen[before]!;
    seats.nextOpen[before] = seats.nextOpen[room]!;
  }
  seats.opening[room] = undefined;
  seats.capacity[room] = 0;
  seats.must[room] = 0;
};

/** What all that is placed gains: a seat that must be taken and is not counts as a loss beyond all gains. */
export const gained = ({ totals, value, mustCost }: Seats): number =>
  totals.served * value - totals.arcs - totals.seats + totals.missing * mustCost;
