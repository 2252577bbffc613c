import { apartIn } from './apart';
import type { AssignmentProblem, AssignmentResult, AssignmentSolver, Certificate } from './assignment-problem';
import { boundOf } from './certificate';
import { chooseGroups, closeEmpty, settleGroups } from './choose-groups';
import { liftPrices } from './lift-prices';
import { shortfall } from './group-choice';
import { groupGivers, proveGroups, roundEffort, type Effort } from './prove-groups';
import { seatRequest } from './seat-request';
import { emptySeats, type Seats } from './seats';
import { tightenedWorths } from './tighten-worths';

/** Each engagement has a number, in the order of its first request: a group's room, or a request that is taught alone. */
const groupsOf = ({ problem, room }: Seats): Int32Array => {
  const numbers = new Int32Array(problem.requests.count).fill(-1);
  const ofRoom = new Map<number, number>();
  let count = 0;
  room.forEach((each, request) => {
    if (each < 0) return;
    const known = ofRoom.get(each);
    numbers[request] = known ?? count;
    if (known !== undefined) return;
    if (each >= problem.givers.count) ofRoom.set(each, count);
    count += 1;
  });
  return numbers;
};

const resultOf = (seats: Seats, certificate: Certificate, bound: number): AssignmentResult => {
  const { problem, room, arc, value, totals } = seats;
  const assigned = Int32Array.from(room, (each, request) => (each < 0 ? -1 : problem.arcs.offer[arc[request]!]!));
  const [served, cost] = [totals.served, totals.arcs + totals.seats];
  const missed = bound - (served * value - cost);
  return {
    assigned,
    group: groupsOf(seats),
    served,
    cost,
    certificate,
    bound,
    // An unknown one serves as many as its cost and what is missed pay for: it costs no more than any.
    gap: { served: Math.floor((missed + seats.mostCost - cost) / value), cost: Math.min(missed, cost) },
  };
};

/** The optimum of one-to-one exchanges alone: no group is open yet. */
export const seatAll = (problem: AssignmentProblem, dearest?: number): Seats => {
  const seats = emptySeats(problem, dearest);
  for (let request = 0; request < problem.requests.count; request += 1) seatRequest(seats, request);
  return seats;
};

/** As good as groups can be found, and proven to be the best as far as `gap` says. Without groups it always is. */
export const solve: AssignmentSolver = (problem: AssignmentProblem): AssignmentResult => solveFrom(seatAll(problem));

/** As `solve`, with more or less tried to prove groups the best. */
export const solveWith =
  (effort: Effort): AssignmentSolver =>
  (problem) =>
    solveFrom(seatAll(problem), { effort });

const boundOfSeats = ({ problem, byOffer }: Seats, certificate: Certificate): number => boundOf(problem, certificate, byOffer);

interface Solving {
  readonly effort?: Effort;
  /** The same seats with arcs that were left out and matter at the prices of the moment; null where there are none. */
  readonly more?: (seats: Seats) => Seats | null;
  /** What no assignment gains more than, by a certificate, with all arcs that were left out. */
  readonly bound?: (seats: Seats, certificate: Certificate) => number;
}

/** The same, from where everybody sits. */
export const solveFrom = (
  seated: Seats,
  { effort = roundEffort, more = () => null, bound = boundOfSeats }: Solving = {},
): AssignmentResult => {
  const apart = apartIn(seated.problem);
  const givers = groupGivers(seated);
  let seats = seated;
  chooseGroups(seats, givers);
  settleGroups(seats, apart, givers);
  for (let next = more(seats); next; next = more(seats)) {
    seats = next;
    chooseGroups(seats, givers);
    settleGroups(seats, apart, givers);
  }
  liftPrices(seats, givers);
  const proven = proveGroups(seats, apart, givers, effort);
  closeEmpty(seats, givers);
  const open = givers.filter((giver) => !proven.givers.has(giver) && shortfall(seats, giver) > 0);
  const certificate = { served: seats.value, worth: tightenedWorths(seats, open, effort.work) };
  return resultOf(seats, certificate, bound(seats, certificate) - proven.spared);
};
