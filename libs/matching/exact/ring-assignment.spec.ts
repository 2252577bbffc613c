import { highsSolver } from '#highs/highs-solver';
import type { AssignmentProblem } from '../optimum/assignment-problem';
import { ringAssignment } from './ring-assignment';
import { defaultRingLimits } from './ring-cover';

interface Possible {
  readonly request: number;
  readonly offer: number;
  readonly cost: number;
}

/** Members 0, 1, 2 … each offer something under their own number; requests are of the members named. */
const problem = (
  learners: readonly number[],
  possible: readonly Possible[],
  sizes: Partial<Record<'smallest' | 'capacity', number[]>> = {},
) => {
  const members = 4;
  const all = (value: number): Int32Array => new Int32Array(members).fill(value);
  const sorted = [...possible].sort((one, other) => one.request - other.request);
  const made: AssignmentProblem = {
    requests: { count: learners.length, learner: Int32Array.from(learners) },
    offers: {
      count: members,
      giver: Int32Array.from({ length: members }, (_, n) => n),
      smallest: sizes.smallest ? Int32Array.from(sizes.smallest) : all(1),
      largest: all(3),
    },
    givers: { count: members, capacity: sizes.capacity ? Int32Array.from(sizes.capacity) : all(2), engaged: all(0), loadCost: 0 },
    arcs: {
      first: Int32Array.from({ length: learners.length + 1 }, (_, request) => sorted.filter((each) => each.request < request).length),
      offer: Int32Array.from(sorted, ({ offer }) => offer),
      cost: Int32Array.from(sorted, ({ cost }) => cost),
      halfDays: new Uint16Array(sorted.length).fill(1),
      ways: new Uint8Array(sorted.length).fill(1),
    },
    forbidden: new Int32Array(0),
  };
  return made;
};
const assigned = async (given: AssignmentProblem, longestChain = 0): Promise<readonly number[]> => {
  const found = ringAssignment(given, { limits: { ...defaultRingLimits, longestChain }, seed: 7 }, await highsSolver())!;
  expect([...found.ring].map((number) => number >= 0)).toEqual([...found.assigned].map((offer) => offer >= 0));
  return [...found.assigned];
};

describe('A round of rings', () => {
  it('serves those who give in the same ring, and nobody else (R7)', async () => {
    const possible = [
      { request: 0, offer: 1, cost: 5 },
      { request: 1, offer: 0, cost: 5 },
      { request: 2, offer: 0, cost: 0 },
    ];
    expect(await assigned(problem([0, 1, 2], possible))).toEqual([1, 0, -1]);
  });

  it('takes the cheaper request of a learner, and the cheaper ring of equals', async () => {
    const possible = [
      { request: 0, offer: 1, cost: 9 },
      { request: 1, offer: 1, cost: 2 },
      { request: 2, offer: 0, cost: 4 },
      { request: 2, offer: 2, cost: 3 },
      { request: 3, offer: 1, cost: 5 },
    ];
    // 0 with 1 costs 2 + 4, 2 with 1 costs 5 + 3: 1 can be in one of them
    expect(await assigned(problem([0, 0, 1, 2], possible))).toEqual([-1, 1, 0, -1]);
  });

  it('asks nobody without room, and begins no group that wants more (R10, R11)', async () => {
    const possible = [
      { request: 0, offer: 1, cost: 5 },
      { request: 1, offer: 0, cost: 5 },
    ];
    expect(await assigned(problem([0, 1], possible, { capacity: [0, 2, 2, 2] }))).toEqual([-1, -1]);
    expect(await assigned(problem([0, 1], possible, { smallest: [2, 1, 1, 1] }))).toEqual([-1, -1]);
  });

  it('begins a chain with somebody who seeks nothing, where the policy lets it', async () => {
    const possible = [
      { request: 0, offer: 3, cost: 5 },
      { request: 1, offer: 0, cost: 5 },
    ];
    expect(await assigned(problem([0, 1], possible))).toEqual([-1, -1]);
    expect(await assigned(problem([0, 1], possible), 2)).toEqual([3, 0]);
  });
});
