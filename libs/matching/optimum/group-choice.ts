import { bestGroup, groupOffers, mostGain, singleGains, type Margins } from './giver-gain';
import { openingsOf, regroup } from './regroup';
import { gained, paid } from './seating';
import type { Opening, Seats } from './seats';

/** What the prices of the moment say each request is worth: what serving it spares, beyond what it pays. */
export const worthOf = (seats: Seats, request: number): number => seats.value - Math.min(seats.value, paid(seats, request));

export const marginsOf = (seats: Seats): Margins => ({
  problem: seats.problem,
  byOffer: seats.byOffer,
  served: seats.value,
  worthOf: (request) => worthOf(seats, request),
});

/** What a giver's seats gain at the prices of the moment. */
const gainOf = (seats: Seats, giver: number): number => {
  const { engaged, loadCost } = seats.problem.givers;
  let [gain, engagements] = [seats.load[giver]! * seats.price[giver]!, seats.load[giver]!];
  for (let room = seats.firstRoom[giver]!; room < seats.firstRoom[giver + 1]! && seats.opening[room]; room += 1) {
    engagements += 1;
    gain += seats.load[room]! * seats.price[room]! + Math.max(0, seats.must[room]! - seats.load[room]!) * seats.mustCost;
  }
  for (let n = 0; n < engagements; n += 1) gain -= loadCost * (engaged[giver]! + n);
  return gain;
};

/** How much more other groups of this giver could gain at most, as prices are: 0 where none could. The sum of all bounds what is not found. */
export const shortfall = (seats: Seats, giver: number): number => mostGain(marginsOf(seats), giver) - gainOf(seats, giver);

/** Groups that gain the most at the prices of the moment, one after the other; a request is in one of them, and in none where it is `taken`. */
export const promising = (seats: Seats, giver: number, taken: Set<number> = new Set()): readonly Opening[] => {
  const { capacity, engaged, loadCost } = seats.problem.givers;
  const margins: Margins = { ...marginsOf(seats), worthOf: (request) => (taken.has(request) ? Infinity : worthOf(seats, request)) };
  const offers = groupOffers(seats, giver);
  const openings: Opening[] = [];
  for (let [n, singles] = [0, 0]; n < capacity[giver]!; n += 1) {
    const groups = offers.flatMap((offer) => bestGroup(margins, offer) ?? []).sort((a, b) => b.gain - a.gain || a.offer - b.offer);
    const [best] = groups;
    const single = singleGains(margins, giver)[singles] ?? 0;
    if (Math.max(best?.gain ?? 0, single) <= loadCost * (engaged[giver]! + n)) break;
    if (best && best.gain > single) {
      openings.push({ offer: best.offer, halfDay: best.halfDay, way: best.way, banned: [] });
      for (const request of best.requests) taken.add(request);
    } else singles += 1;
  }
  return openings;
};

/** Where the best at these prices gains nothing, for others would pay for it: one group less, or one more. */
const oneStepFrom = (seats: Seats, giver: number, held: readonly Opening[]): readonly (readonly Opening[])[] => {
  const less = held.map((_, dropped) => held.filter((__, index) => index !== dropped));
  if (held.length === seats.problem.givers.capacity[giver]) return less;
  const margins = marginsOf(seats);
  const groups = groupOffers(seats, giver).flatMap((offer) => bestGroup(margins, offer) ?? []);
  return [...less, ...groups.map(({ offer, halfDay, way }) => [...held, { offer, halfDay, way, banned: [] }])];
};

/** By giver, how much they could have gained at most when nothing was found that did: nothing is tried again where it is no more. */
export type InVain = Float64Array;

/** Lets the giver hold other groups if that gains, where they could gain more than `least`; answers whether it did. */
export const improve = (seats: Seats, giver: number, { least, inVain }: { readonly least: number; readonly inVain: InVain }): boolean => {
  const short = shortfall(seats, giver);
  if (short <= Math.max(least, inVain[giver]!)) return false;
  const [before, held] = [gained(seats), openingsOf(seats, giver)];
  const steps = oneStepFrom(seats, giver, held);
  for (const openings of [promising(seats, giver), ...(least > 0 ? steps : [])]) {
    regroup(seats, giver, openings);
    if (gained(seats) > before) return true;
  }
  regroup(seats, giver, held);
  inVain[giver] = short;
  return false;
};
