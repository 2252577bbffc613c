import fc from 'fast-check';
import { highsSolver } from '#highs/highs-solver';
import type { FoundMatch } from '#domain/round/round.events';
import { instant } from '#testing/commands';
import { offerId, requestId } from '#testing/content';
import { ana, bo, cleo, dia } from '#testing/people';
import type { MemberId } from '#domain/ids';
import type { IntegerSolver } from './integer-program';
import { defaultRingLimits, type RingLimits } from './ring-cover';
import { ringMatcher } from './ring-matcher';
import type { RoundInputs } from '../round-inputs';
import { roundInputs } from '../round-inputs.fixture';

let solve: IntegerSolver;
beforeAll(async () => {
  solve = await highsSolver();
});

const policy = { defaultCapacity: 2 };
const draw = { seed: 7, makeId: (name: string) => name };
const run = (inputs: RoundInputs, limits: RingLimits = defaultRingLimits) => ringMatcher(limits, solve)(inputs, policy, draw)!;

type Gift = readonly [giver: MemberId, learner: MemberId];

const giftOf = ({ participants: [giver, learner] }: FoundMatch): Gift => [giver!.memberId, learner!.memberId];

/** Each of these can give what the other of the pair seeks. */
const network = (...gifts: readonly Gift[]): RoundInputs => {
  const content = (topicKey: string) => ({
    ...{ topicUri: null, topicKey, level: 'practised' as const, language: 'fr' as const, place: 'either' as const, site: 'LYO' },
    availability: [],
  });
  return {
    asOf: instant('2026-03-02T00:00:00Z'),
    offers: gifts.map(([giver, learner], n) => ({
      ...{ ...content(`${giver} ${learner}`), offerId: offerId(`offer-${n}`), memberId: giver, smallestGroup: 1, largestGroup: 1 },
    })),
    requests: gifts.map(([giver, learner], n) => ({
      ...{ ...content(`${giver} ${learner}`), requestId: requestId(`request-${n}`), memberId: learner },
      openSince: instant('2026-02-20T00:00:00Z'),
    })),
    ...{ givers: [], pairs: [], forbiddenPairs: [], unavailable: [] },
  };
};

describe('A round of rings', () => {
  it('finds the exchanges of a ring, each a match that knows its ring, and says who is in none (R7, R18)', () => {
    const { matches, unmatched, gap, solverVersion } = run(network([ana, bo], [bo, cleo], [cleo, ana], [ana, dia]));
    expect(matches.map(giftOf).sort()).toEqual(
      [
        [ana, bo],
        [bo, cleo],
        [cleo, ana],
      ].sort(),
    );
    expect(new Set(matches.map(({ ringId }) => ringId)).size).toBe(1);
    expect(matches[0]?.ringId).not.toBeNull();
    expect(unmatched).toEqual([{ requestId: requestId('request-3'), reason: 'in-no-ring' }]);
    expect([gap, solverVersion]).toEqual([{ served: 0, cost: 0 }, 'rings-1']);
  });

  it('lets the matches of a chain know each other, where chains may be', () => {
    const inputs = network([ana, bo], [bo, cleo]);
    expect(run(inputs).matches).toEqual([]);
    const { matches } = run(inputs, { longestCycle: 3, longestChain: 2 });
    expect(matches).toHaveLength(2);
    expect(new Set(matches.map(({ ringId }) => ringId ?? 'none'))).toEqual(new Set([expect.stringContaining('ring/')]));
  });

  it('has each member in one ring at most, who gives and learns in it, and the same bytes in any order of its inputs (R3, R18)', () => {
    const property = fc.property(roundInputs, (inputs) => {
      const { matches } = run(inputs);
      expect(matches.every(({ ringId }) => ringId !== null)).toBe(true);
      for (const id of new Set(matches.map(({ ringId }) => ringId))) {
        const ring = matches.filter(({ ringId }) => ringId === id);
        const [givers, learners] = [ring.map((match) => giftOf(match)[0]), ring.map((match) => giftOf(match)[1])];
        expect([ring.length > 1, ring.length <= 3, givers.sort()]).toEqual([true, true, learners.sort()]);
      }
      const taking = matches.map((match) => giftOf(match)[0]);
      expect(new Set(taking).size).toBe(taking.length);
      expect(JSON.stringify(run({ ...inputs, offers: inputs.offers.toReversed(), requests: inputs.requests.toReversed() }))).toBe(
        JSON.stringify(run(inputs)),
      );
    });
    fc.assert(property, { numRuns: 100 });
  });
});
