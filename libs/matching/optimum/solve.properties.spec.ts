import fc from 'fast-check';
import type { AssignmentResult } from './assignment-problem';
import { boundOf } from './certificate';
import { bruteForce, costOf, groupsIn, isAllowed, problemOf, problemSpec, type ProblemSpec } from './problems.fixture';
import { solve } from './solve';

const runs = Number(process.env['SOLVER_RUNS'] ?? 300);
/** The seed of a failing run is in fast-check's report. */
const holds = (specs: fc.Arbitrary<ProblemSpec>, check: (spec: ProblemSpec, result: AssignmentResult) => void): void =>
  fc.assert(
    fc.property(specs, (spec) => check(spec, solve(problemOf(spec)))),
    { numRuns: runs },
  );

const pairs = problemSpec({ requests: 6, offers: 5, givers: 3, groups: false, dearest: 4 });
const groups = problemSpec({ requests: 6, offers: 3, givers: 2, groups: true, dearest: 4 });
const crowds = problemSpec({ requests: 40, offers: 30, givers: 12, groups: false, dearest: 9 });
const workshops = problemSpec({ requests: 40, offers: 20, givers: 8, groups: true, dearest: 9 });

const isWhatItSays = (spec: ProblemSpec, result: AssignmentResult): void => {
  const found = groupsIn(spec, result);
  expect(isAllowed(spec, found)).toBe(true);
  expect(result.served).toBe(result.assigned.filter((offer) => offer >= 0).length);
  expect(result.cost).toBe(costOf(spec, found));
};

describe('The optimum of a round', () => {
  it('serves as many as can be, at the least cost, one by one, and proves it (R18)', () =>
    holds(pairs, (spec, result) => {
      isWhatItSays(spec, result);
      expect({ served: result.served, cost: result.cost }).toEqual(bruteForce(spec));
      expect(result.gap).toEqual({ served: 0, cost: 0 });
    }));

  it('proves itself by its certificate on larger ones too: no gap without groups (R18)', () =>
    holds(crowds, (spec, result) => {
      isWhatItSays(spec, result);
      expect(boundOf(problemOf(spec), result.certificate)).toBe(result.served * result.certificate.served - result.cost);
    }));

  it('finds the best groups of small rounds, and proves it (R10, R11)', () =>
    holds(groups, (spec, result) => {
      isWhatItSays(spec, result);
      const best = bruteForce(spec);
      expect({ served: result.served, cost: result.cost }).toEqual(best);
      expect(result.gap).toEqual({ served: 0, cost: 0 });
      expect(best.served * result.certificate.served - best.cost).toBeLessThanOrEqual(result.bound);
    }));

  it('keeps half-days, ways, sizes and quarrels in large groups (R7, R10, R11)', () => holds(workshops, isWhatItSays));
});
