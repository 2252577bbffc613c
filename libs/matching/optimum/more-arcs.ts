import { arcsByOffer } from './arcs-by-offer';
import type { ArcColumns } from './assignment-problem';
import { fillVacated } from './fill-seat';
import { seatRequest } from './seat-request';
import { admits, paid, remove } from './seating';
import { absent, type Seats } from './seats';

/** Where a request's arc to this offer is; −1 where it has none. */
export const arcTo = ({ first, offer }: ArcColumns, request: number, wanted: number): number => {
  let [low, high] = [first[request]!, first[request + 1]! - 1];
  while (low <= high) {
    const middle = (low + high) >> 1;
    if (offer[middle] === wanted) return middle;
    if (offer[middle]! < wanted) low = middle + 1;
    else high = middle - 1;
  }
  return -1;
};

/** Whether somebody pays more than another room would cost them. */
const isDearer = (seats: Seats, request: number): boolean => {
  const { problem, price, firstOpen, nextOpen } = seats;
  const { arcs, offers } = problem;
  const pays = paid(seats, request);
  for (let arc = arcs.first[request]!; arc < arcs.first[request + 1]!; arc += 1) {
    const [offer, left] = [arcs.offer[arc]!, pays - arcs.cost[arc]!];
    if (offers.largest[offer] === 1) {
      if (price[offers.giver[offer]!]! < left) return true;
    } else
      for (let room = firstOpen[offer]!; room >= 0; room = nextOpen[room]!)
        if (price[room]! < left && admits(seats, room, arc, request)) return true;
  }
  return false;
};

/** Takes everybody out who would rather be elsewhere, and seats them by the cheapest way again. */
const reseat = (seats: Seats): void => {
  const dearer: number[] = [];
  for (let request = 0; request < seats.problem.requests.count; request += 1) if (isDearer(seats, request)) dearer.push(request);
  const vacated = dearer.map((request) => seats.room[request]!);
  for (const request of dearer) remove(seats, request, absent);
  for (const room of vacated) if (room >= 0) fillVacated(seats, room);
  for (const request of dearer) seatRequest(seats, request);
};

/** The same seats, at the same prices, where requests have more arcs: whoever finds a cheaper seat by them goes there. `seats` are not to be used any more. */
export const withArcs = (seats: Seats, arcs: ArcColumns): Seats => {
  const problem = { ...seats.problem, arcs };
  const { offer } = seats.problem.arcs;
  const arc = Int32Array.from(seats.room, (room, request) => (room < 0 ? -1 : arcTo(arcs, request, offer[seats.arc[request]!]!)));
  const more: Seats = { ...seats, problem, byOffer: arcsByOffer(problem), arc };
  reseat(more);
  return more;
};
