import { quarrelIn, type Apart } from './apart';
import { improve, promising, type InVain } from './group-choice';
import { chargeGroups, groupRooms, openingsOf, regroup } from './regroup';
import { seatRequest } from './seat-request';
import { close, open, remove, seatCost } from './seating';
import { absent, type Opening, type Seats } from './seats';

/** Keeps a request out of the group that is in this room, and leaves the giver's other groups as they are. */
export const ban = (seats: Seats, { giver, room }: { readonly giver: number; readonly room: number }, request: number): void => {
  const openings = openingsOf(seats, giver);
  const at = room - seats.firstRoom[giver]!;
  regroup(
    seats,
    giver,
    openings.map((opening, index): Opening => (index === at ? { ...opening, banned: [...opening.banned, request] } : opening)),
  );
};

export interface Quarrel {
  readonly giver: number;
  readonly room: number;
  readonly between: readonly [number, number];
}

export const firstQuarrel = (seats: Seats, apart: Apart, givers: Iterable<number>): Quarrel | null => {
  for (const giver of givers)
    for (const room of groupRooms(seats, giver)) {
      const between = quarrelIn(seats, apart, room);
      if (between) return { giver, room, between };
    }
  return null;
};

/** Who gives way: the one who came later in the columns. Each ban is new, so it ends; a group that nobody may join is left empty. */
const settle = (seats: Seats, apart: Apart, givers: readonly number[]): void => {
  for (const giver of givers)
    for (let quarrel = firstQuarrel(seats, apart, [giver]); quarrel; quarrel = firstQuarrel(seats, apart, [giver]))
      ban(seats, quarrel, quarrel.between[1]);
};

/** A group that stayed too small is not held. */
const giveUpShort = (seats: Seats, givers: readonly number[]): void => {
  for (const giver of givers) {
    const short = (_: Opening, index: number): boolean => {
      const room = seats.firstRoom[giver]! + index;
      return seats.load[room]! < Math.max(1, seats.must[room]!);
    };
    for (let openings = openingsOf(seats, giver); openings.some(short); openings = openingsOf(seats, giver))
      regroup(
        seats,
        giver,
        openings.filter((opening, index) => !short(opening, index)),
      );
  }
};

/** Closes groups that nobody joined, at the very end: their engagements are not paid, and nobody moves, so that no quarrel comes back. */
export const closeEmpty = (seats: Seats, givers: readonly number[]): void => {
  const { engaged, loadCost } = seats.problem.givers;
  for (const giver of givers) {
    const held = groupRooms(seats, giver).filter((room) => seats.opening[room] !== undefined);
    let engagements = held.length + seats.load[giver]!;
    for (const room of held.filter((each) => seats.load[each] === 0)) {
      close(seats, room);
      engagements -= 1;
      seats.totals.seats -= loadCost * (engaged[giver]! + engagements);
    }
  }
};

/**
 * Opens at once the groups that promise the most at one-to-one prices, where none is open yet, and seats everybody anew. One after the other, each would look for ways
 * through a market in which every seat is wanted: in a large one that is nearly all the time of a round.
 */
export const openAtOnce = (seats: Seats, givers: readonly number[]): void => {
  const { requests } = seats.problem;
  const taken = new Set<number>();
  const openings = givers.map((giver) => promising(seats, giver, taken));
  for (let request = 0; request < requests.count; request += 1) remove(seats, request, absent);
  givers.forEach((giver, index) => chargeGroups(seats, giver, openings[index]!.length));
  seats.price.set(seats.from);
  givers.forEach((giver, index) =>
    openings[index]!.forEach((opening, at) => {
      const room = seats.firstRoom[giver]! + at;
      open(seats, room, opening);
      seats.price[room] = seatCost(seats, room, 0);
    }),
  );
  for (let request = 0; request < requests.count; request += 1) seatRequest(seats, request);
};

const PASSES = 3;

/** Groups for each giver, one giver after the other as far as that gains: good, and not proven. Again, where prices have moved since. */
export const chooseGroups = (seats: Seats, givers: readonly number[]): void => {
  const least = seats.value / 2;
  const inVain: InVain = new Float64Array(seats.problem.givers.count);
  for (const giver of givers) improve(seats, giver, { least: 0, inVain });
  inVain.fill(0);
  // Afterwards only where a request more may be served: what it costs was weighed.
  for (let [pass, better] = [0, true]; better && pass < PASSES; pass += 1) {
    better = false;
    for (const giver of givers) better = improve(seats, giver, { least, inVain }) || better;
  }
};

/** Nobody sits in a group with whom they may not, and no group stays too small. */
export const settleGroups = (seats: Seats, apart: Apart, givers: readonly number[]): void => {
  do {
    settle(seats, apart, givers);
    giveUpShort(seats, givers);
  } while (firstQuarrel(seats, apart, givers));
};
