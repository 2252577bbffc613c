import fc from 'fast-check';
import { defaultPolicy, STRICTNESSES, type Policy } from '#domain/network/policy';
import { optimumMatcher } from '../optimum-matcher';
import { roundInputs } from '../round-inputs.fixture';
import type { RoundInputs } from '../round-inputs';
import { explainRound } from './explain-round';
import type { RoundExplained } from './explanation';
import { isOwn, remedied, waysToSend, withGivers } from './remedied.fixture';
import { openableGates, opened } from './opened';

const draw = { seed: 7, makeId: (name: string) => `id(${name})` };
const strictness = fc.constantFrom(...STRICTNESSES);
const policies: fc.Arbitrary<Policy> = fc
  .record({ place: strictness, halfDays: strictness, level: strictness })
  .map((gates) => ({ ...defaultPolicy, gates }));

const explained = (inputs: RoundInputs, policy: Policy): RoundExplained => [...explainRound({ inputs, policy }, draw)].at(-1)!.explained!;

/** Who is served, by the round itself; and whether that is proven. */
const run = (inputs: RoundInputs, policy: Policy) => {
  const { matches, gap } = optimumMatcher(inputs, policy, draw);
  const served = matches.flatMap(({ participants }) =>
    participants.flatMap((place) => (place.role === 'learner' ? [place.requestId] : [])),
  );
  return { served: new Set(served), proven: gap?.served === 0 };
};

interface ExplainedCase {
  readonly inputs: RoundInputs;
  readonly policy: Policy;
  readonly told: RoundExplained;
}

/** The seed of a failing run is in fast-check's report. */
const holds = (check: (one: ExplainedCase) => void, numRuns = 150): void =>
  fc.assert(
    fc.property(roundInputs, policies, (inputs, policy) => check({ inputs, policy, told: explained(inputs, policy) })),
    { numRuns },
  );

/** No groups, and one site: then what is told is all that there is. */
const oneToOne = (inputs: RoundInputs): RoundInputs => ({
  ...inputs,
  offers: inputs.offers.map((offer) => ({ ...offer, smallestGroup: 1, largestGroup: 1, site: 'LYO' })),
  requests: inputs.requests.map((request) => ({ ...request, site: 'LYO' })),
});

describe('An explained round', () => {
  it('explains the round that it would be, every match and every request left (R18)', () =>
    holds(({ inputs, policy, told }) => {
      const round = optimumMatcher(inputs, policy, draw);
      expect(told.unmatched.map(({ requestId, reason }) => ({ requestId, reason }))).toEqual(round.unmatched);
      expect(told.proposals.map(({ matchId }) => matchId)).toEqual(round.matches.map(({ matchId }) => matchId));
      expect(told.served).toBe(run(inputs, policy).served.size);
    }));

  it('tells remedies that are true when they are tried (R18)', () => {
    const tried: Record<string, number> = {};
    holds(({ inputs, policy, told }) => {
      for (const one of told.unmatched) {
        if (['nothing', 'more-givers'].includes(one.remedy.kind)) continue;
        const after = run(remedied(inputs, policy, one), policy);
        if (!after.proven || told.gap.served > 0) continue;
        tried[one.remedy.kind] = (tried[one.remedy.kind] ?? 0) + 1;
        expect(after.served.size).toBeGreaterThan(told.served);
        if (isOwn(one.remedy)) expect(after.served.has(one.requestId)).toBe(true);
      }
    }, 400);
    expect(Object.keys(tried).sort()).toEqual(
      ['author-returns', 'capacity', 'lower-level', 'open-half-days', 'other-place', 'smaller-group', 'wait'].sort(),
    );
  });

  it('says of what is scarce how many more newcomers would serve: no fewer, and one to one on one site no more (R18)', () =>
    fc.assert(
      fc.property(roundInputs, policies, fc.boolean(), (given, policy, alone) => {
        const inputs = alone ? oneToOne(given) : given;
        const told = explained(inputs, policy);
        for (const row of told.scarcity)
          for (const { givers, served } of row.steps) {
            const sent = waysToSend(inputs, givers).map((sites) => run(withGivers(inputs, row, sites), policy));
            const best = Math.max(...sent.map((after) => after.served.size)) - told.served;
            if (alone) expect(best).toBe(served);
            else if (told.gap.served === 0 && sent.every(({ proven }) => proven)) expect(best).toBeGreaterThanOrEqual(served);
          }
      }),
      { numRuns: 60 },
    ));

  it('names for each request that lacks givers the row of what is scarce that it is in (R18)', () =>
    holds(({ told: { unmatched, scarcity } }) => {
      for (const { remedy } of unmatched) {
        if (remedy.kind !== 'more-givers') continue;
        const { kind: _kind, count, served, ...sought } = remedy;
        const row = scarcity.find(
          (each) => each.topicKey === sought.topicKey && each.level === sought.level && each.language === sought.language,
        );
        expect(row?.steps.at(-1)).toEqual({ givers: count, served });
      }
    }));

  it('says what each gate costs as the same round says with it open (R18)', () =>
    holds(({ inputs, policy, told: { gateCosts, served } }) => {
      expect(gateCosts.map(({ gate }) => gate)).toEqual(openableGates);
      for (const { gate, more, atMost } of gateCosts) {
        const open = opened({ inputs, policy }, gate);
        const again = run(open.inputs, { ...policy, ...open.policy });
        expect(more).toBe(Math.max(0, again.served.size - served));
        if (again.proven) expect(atMost).toBe(more);
      }
    }, 60));

  it('leaves without a remedy only who is away, and who wants to meet on a site and names none (R16, R18)', () =>
    holds(({ inputs: { requests }, told: { unmatched } }) => {
      for (const { requestId, reason, remedy } of unmatched) {
        if (remedy.kind !== 'nothing') continue;
        const { place, site } = requests.find((request) => request.requestId === requestId)!;
        expect(reason === 'author-unavailable' || (place === 'site' && site === null)).toBe(true);
      }
    }));

  it('answers the same whatever the order of its inputs (R18)', () =>
    holds(({ inputs, policy, told }) => {
      const turned = {
        ...inputs,
        offers: [...inputs.offers].reverse(),
        requests: [...inputs.requests].reverse(),
        pairs: [...inputs.pairs].reverse(),
      };
      expect(explained(turned, policy)).toEqual(told);
    }, 60));
});
