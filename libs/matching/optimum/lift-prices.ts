import { groupRooms } from './regroup';
import { admits, paid, seatCost } from './seating';
import type { Seats } from './seats';

/** How much more somebody could pay here before another room, or none, is as cheap. */
const leeway = (seats: Seats, request: number): number => {
  const { problem, price, firstOpen, nextOpen } = seats;
  const { arcs, offers } = problem;
  let least = seats.value;
  for (let arc = arcs.first[request]!; arc < arcs.first[request + 1]!; arc += 1) {
    const [offer, cost] = [arcs.offer[arc]!, arcs.cost[arc]!];
    if (offers.largest[offer] === 1) {
      if (offers.giver[offer] !== seats.room[request]) least = Math.min(least, cost + price[offers.giver[offer]!]!);
    } else
      for (let room = firstOpen[offer]!; room >= 0; room = nextOpen[room]!)
        if (room !== seats.room[request] && admits(seats, room, arc, request)) least = Math.min(least, cost + price[room]!);
  }
  return least - paid(seats, request);
};

/**
 * A group that is just large enough is kept together at any low price. The highest at which everybody still sits where it is cheapest proves
 * the most: whoever is there is worth less to others.
 */
export const liftPrices = (seats: Seats, givers: readonly number[]): void => {
  for (const giver of givers)
    for (const room of groupRooms(seats, giver)) {
      if (seats.load[room] === 0 || seats.load[room] === seats.capacity[room]) continue;
      let lift = seatCost(seats, room, seats.load[room]!) - seats.price[room]!;
      for (let request = seats.firstSeated[room]!; request >= 0 && lift > 0; request = seats.nextSeated[request]!)
        lift = Math.min(lift, leeway(seats, request));
      seats.price[room]! += Math.max(0, lift);
    }
};
