import type { IntegerSolver } from '#matching/exact/integer-program';
import type { AssignmentResult, AssignmentSolver } from '#matching/optimum/assignment-problem';
import type { Finding } from '../runner/schedules';
import { bestByTrying } from './brute-force';
import { unproven } from './certificate';
import { drawnInstance, type Drawn } from './drawn-instances';
import { isBetter, problemOf, type Instance, type Worth } from './instance';
import { integerOptimum } from './integer-optimum';
import { faultsIn } from './validity';

/** `differences`: not the optimum, though proven to be it; `short`: not proven, where everything must be. */
export type Count = 'invalid' | 'differences' | 'short' | 'uncertified' | 'unstable';
export const COUNTS: readonly Count[] = ['invalid', 'differences', 'short', 'uncertified', 'unstable'];

/** Whoever knows the optimum of an instance, and up to how many requests they are asked. */
export interface Oracle {
  readonly name: string;
  readonly requests: number;
  /** Whether every result must be proven; else a gap may be left, and the optimum must lie within it. */
  readonly provesAll: boolean;
  readonly optimum: (instance: Instance) => Worth;
}

export const tryingAll: Oracle = { name: 'every way', requests: 7, provesAll: true, optimum: bestByTrying };
export const integerProgram = (solve: IntegerSolver, { requests, provesAll }: Pick<Oracle, 'requests' | 'provesAll'>): Oracle => ({
  name: 'highs',
  requests,
  provesAll,
  optimum: (instance) => integerOptimum(instance, solve),
});

const bytesOf = ({ assigned, group, certificate, ...numbers }: AssignmentResult): string =>
  JSON.stringify([[...assigned], [...group], certificate.served, [...certificate.worth], numbers]);

export interface Judged {
  readonly seed: number;
  readonly drawn: Drawn;
  readonly findings: readonly Finding<Count>[];
  /** Whether the solver itself says that it may not be the optimum. */
  readonly isOpen: boolean;
}

const told = ({ served, cost }: Worth): string => `${served} served at ${cost}`;

/** One instance, drawn from its seed alone: solved twice, validated, held against the optimum, its certificate looked at. */
export const judged = (solver: AssignmentSolver, oracle: Oracle, seed: number): Judged => {
  const drawn = drawnInstance(seed, oracle.requests);
  const { instance } = drawn;
  const result = solver(problemOf(instance));
  const optimum = oracle.optimum(instance);
  const isOptimum = !isBetter(optimum, result) && !isBetter(result, optimum);
  const isOpen = result.gap.served > 0 || result.gap.cost > 0;
  const finding = (count: Count, what: string): Finding<Count> => ({ count, what: `seed ${seed}, ${drawn.shape}: ${what}` });
  return {
    seed,
    drawn,
    isOpen,
    findings: [
      ...faultsIn(instance, result).map((fault) => finding('invalid', fault)),
      ...(isOptimum || isOpen ? [] : [finding('differences', `${told(result)}, by ${oracle.name} ${told(optimum)}`)]),
      ...(isOpen && oracle.provesAll
        ? [finding('short', `a gap of ${told(result.gap)}; ${told(result)}, by ${oracle.name} ${told(optimum)}`)]
        : []),
      ...unproven(instance, result, optimum).map((fault) => finding('uncertified', fault)),
      ...(bytesOf(solver(problemOf(instance))) === bytesOf(result) ? [] : [finding('unstable', 'solved again, it is another result')]),
    ],
  };
};
