import type { AssignmentProblem, AssignmentResult, AssignmentSolver } from '#matching/optimum/assignment-problem';
import type { Mutant } from '../runner/self-test';
import { problemOf, type Instance } from './instance';
import { worthOf } from './validity';

interface SolverMutant extends Mutant {
  /** How the right solver goes wrong. */
  readonly spoil: (solver: AssignmentSolver) => AssignmentSolver;
}

const listed = (columns: Int32Array): readonly number[] => [...columns];

/** Back from the solver's columns. */
const instanceOf = ({ requests, offers, givers, arcs, forbidden }: AssignmentProblem): Instance => ({
  learners: listed(requests.learner),
  offers: listed(offers.giver).map((giver, offer) => ({ giver, smallest: offers.smallest[offer]!, largest: offers.largest[offer]! })),
  givers: listed(givers.capacity).map((capacity, giver) => ({ capacity, engaged: givers.engaged[giver]! })),
  loadCost: givers.loadCost,
  candidates: listed(requests.learner).flatMap((_, request) =>
    listed(arcs.offer.slice(arcs.first[request], arcs.first[request + 1])).map((offer, at) => {
      const arc = arcs.first[request]! + at;
      return { request, offer, cost: arcs.cost[arc]!, halfDays: arcs.halfDays[arc]!, ways: arcs.ways[arc]! };
    }),
  ),
  forbidden: Array.from({ length: forbidden.length / 2 }, (_, pair) => [forbidden[2 * pair]!, forbidden[2 * pair + 1]!] as const),
});

/** It solves another problem than it is given, and tells honestly what that serves and costs here. */
const misreads =
  (alter: (instance: Instance) => Instance): SolverMutant['spoil'] =>
  (solver) =>
  (problem) => {
    const instance = instanceOf(problem);
    const result = solver(problemOf(alter(instance)));
    return { ...result, ...worthOf(instance, result) };
  };

const answers =
  (alter: (result: AssignmentResult, problem: AssignmentProblem) => Partial<AssignmentResult>): SolverMutant['spoil'] =>
  (solver) =>
  (problem) => {
    const result = solver(problem);
    return { ...result, ...alter(result, problem) };
  };

const eachCandidate = (alter: (candidate: Instance['candidates'][number]) => Partial<Instance['candidates'][number]>) =>
  misreads((instance) => ({ ...instance, candidates: instance.candidates.map((each) => ({ ...each, ...alter(each) })) }));

const eachOffer = (alter: (offer: Instance['offers'][number]) => Partial<Instance['offers'][number]>) =>
  misreads((instance) => ({ ...instance, offers: instance.offers.map((each) => ({ ...each, ...alter(each) })) }));

/** The last group is let go; all else stays as it was. */
const withoutLastGroup = ({ assigned, group }: AssignmentResult) => {
  const last = group.reduce((most, number) => Math.max(most, number), 0);
  const isLeft = (request: number): boolean => group[request] === last;
  return { assigned: assigned.map((offer, n) => (isLeft(n) ? -1 : offer)), group: group.map((number, n) => (isLeft(n) ? -1 : number)) };
};

let calls = 0;

/** Bugs of a solver: in what it reads, in what it chooses, in what it claims. */
export const mutants: readonly SolverMutant[] = [
  {
    bug: 'a giver takes on one more than they can',
    spoil: misreads((one) => ({ ...one, givers: one.givers.map((each) => ({ ...each, capacity: each.capacity + 1 })) })),
  },
  {
    bug: 'a giver of several offers is taken for several givers',
    spoil: misreads((one) => ({
      ...one,
      offers: one.offers.map((offer, giver) => ({ ...offer, giver })),
      givers: one.offers.map(({ giver }) => one.givers[giver]!),
    })),
  },
  { bug: 'groups take in one more than their largest', spoil: eachOffer(({ largest }) => ({ largest: largest > 1 ? largest + 1 : 1 })) },
  { bug: 'groups are held below their smallest', spoil: eachOffer(() => ({ smallest: 1 })) },
  { bug: 'groups are brought together without a half-day in common', spoil: eachCandidate(() => ({ halfDays: 0x3ff })) },
  { bug: 'groups are brought together without a way to meet in common', spoil: eachCandidate(() => ({ ways: 3 })) },
  { bug: 'forbidden pairs sit in one group', spoil: misreads((one) => ({ ...one, forbidden: [] })) },
  { bug: 'of forbidden pairs the first of all is forgotten', spoil: misreads((one) => ({ ...one, forbidden: one.forbidden.slice(1) })) },
  {
    bug: 'somebody sits twice in one group',
    spoil: misreads((one) => ({ ...one, learners: one.learners.map((_, request) => 1_000 + request), forbidden: [] })),
  },
  {
    bug: 'what givers have already is not looked at',
    spoil: misreads((one) => ({ ...one, givers: one.givers.map((each) => ({ ...each, engaged: 0 })) })),
  },
  { bug: 'load costs nothing', spoil: misreads((one) => ({ ...one, loadCost: 0 })) },
  { bug: 'costs are rounded to tens', spoil: eachCandidate(({ cost }) => ({ cost: cost - (cost % 10) })) },
  {
    bug: 'of a request’s candidates the last is left out',
    spoil: misreads((one) => ({
      ...one,
      candidates: one.candidates.filter(({ request }, at) => request !== 0 || one.candidates[at + 1]?.request === 0),
    })),
  },
  {
    bug: 'a group is forgotten',
    spoil: (solver) => (problem) => {
      const result = solver(problem);
      const left = withoutLastGroup(result);
      return { ...result, ...left, ...worthOf(instanceOf(problem), left) };
    },
  },
  { bug: 'a group is forgotten, and counted all the same', spoil: answers(withoutLastGroup) },
  {
    bug: 'the load is left out of the cost that is told',
    spoil: answers(({ assigned }, { arcs, requests }) => ({
      cost: listed(requests.learner).reduce((sum, _, request) => {
        for (let arc = arcs.first[request]!; arc < arcs.first[request + 1]!; arc += 1)
          if (arcs.offer[arc] === assigned[request]) return sum + arcs.cost[arc]!;
        return sum;
      }, 0),
    })),
  },
  {
    bug: 'the bound is what was found, less one',
    spoil: answers(({ certificate, served, cost }) => ({ bound: certificate.served * served - cost - 1 })),
  },
  {
    bug: 'requests are worth nothing',
    spoil: answers(({ certificate }) => ({ certificate: { ...certificate, worth: certificate.worth.map(() => 0) } })),
  },
  { bug: 'to be served counts as much as one cost', spoil: answers(({ certificate }) => ({ certificate: { ...certificate, served: 1 } })) },
  {
    bug: 'every other time groups are numbered otherwise',
    spoil: answers(({ group }) => {
      calls += 1;
      return calls % 2 === 0 ? { group: group.map((number) => (number < 0 ? number : number + 1)) } : {};
    }),
  },
];
