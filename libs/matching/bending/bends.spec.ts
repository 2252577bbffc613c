import fc from 'fast-check';
import { addDays } from '#domain/calendar';
import type { MemberId } from '#domain/ids';
import { defaultPolicy, type MatchingGates } from '#domain/network/policy';
import { offerId, requestId } from '#testing/content';
import { ana, bo, cleo, dia, eli } from '#testing/people';
import { bendsIn, hardGates } from './bends';
import { bentBy } from '../gates';
import { marketOf } from '../market';
import { optimumMatcher } from '../optimum-matcher';
import { hashableInputs, type OfferInput, type RequestInput, type RoundInputs } from '../round-inputs';
import { asOf, roundInputs } from '../round-inputs.fixture';
import { solveMarket } from '../solve-market';

const content = { topicUri: 'urn:t', topicKey: 'urn:t', level: 'practised', language: 'fr', place: 'site', site: 'LYO' } as const;
const offer = (memberId: MemberId, changes: Partial<OfferInput> = {}): OfferInput => ({
  ...{ ...content, offerId: offerId(`offer-${memberId}`), memberId, availability: ['mon-am'], smallestGroup: 1, largestGroup: 1 },
  ...changes,
});
const request = (memberId: MemberId, changes: Partial<RequestInput> = {}): RequestInput => ({
  ...{ ...content, requestId: requestId(`request-${memberId}`), memberId, availability: ['mon-am'], openSince: addDays(asOf, -10) },
  ...changes,
});
const soft: MatchingGates = { place: 'soft', halfDays: 'soft', level: 'soft' };
const open: MatchingGates = { place: 'off', halfDays: 'off', level: 'off' };
const run = (gates: MatchingGates, offers: readonly OfferInput[], requests: readonly RequestInput[], more: Partial<RoundInputs> = {}) =>
  optimumMatcher(
    { asOf, offers, requests, givers: [], pairs: [], forbiddenPairs: [], unavailable: [], ...more },
    { ...defaultPolicy, gates },
    { seed: 7, makeId: (name) => name },
  );
const pairs = ({ matches }: ReturnType<typeof run>) =>
  matches.map(({ participants, bends }) => [...participants.map(({ memberId }) => memberId), bends ?? 'nothing']);

describe('A gate that bends', () => {
  const elsewhere = { site: 'LIL' } as const;
  const tuesday = { availability: ['tue-pm'] } as const;

  it('is passed where that serves more, and what was bent is told (R18)', () => {
    expect(pairs(run(soft, [offer(ana)], [request(bo, tuesday)]))).toEqual([[ana, bo, ['half-days']]]);
    expect(pairs(run(soft, [offer(ana)], [request(bo, elsewhere)]))).toEqual([[ana, bo, ['place']]]);
    expect(pairs(run(soft, [offer(ana)], [request(bo, { level: 'advanced' })]))).toEqual([[ana, bo, ['level']]]);
    const all = request(bo, { ...tuesday, ...elsewhere, level: 'advanced' });
    expect(pairs(run(soft, [offer(ana)], [all]))).toEqual([[ana, bo, ['level', 'place', 'half-days']]]);
  });

  it('scores what does not fit with 0 (R18)', () => {
    const { matches } = run(soft, [offer(ana)], [request(bo, { ...tuesday, ...elsewhere, level: 'advanced' })]);
    expect(matches[0]?.score).toMatchObject({ level: 0, distance: 0, availability: 0 });
  });

  it('stands where the policy has it hard, with its reason (R18)', () => {
    const reasonOf = (changes: Partial<RequestInput>) =>
      run(hardGates, [offer(ana)], [request(bo, changes)]).unmatched.map(({ reason }) => reason);
    expect(reasonOf(tuesday)).toEqual(['no-common-availability']);
    expect(reasonOf(elsewhere)).toEqual(['no-common-place']);
    expect(reasonOf({ level: 'advanced' })).toEqual(['level-too-low']);
  });

  it('is not asked where it is off, and nothing is told of it (R18)', () => {
    expect(pairs(run(open, [offer(ana)], [request(bo, { ...tuesday, ...elsewhere, level: 'advanced' })]))).toEqual([[ana, bo, 'nothing']]);
  });

  it('never lets a giver teach two levels above their own (R18)', () => {
    for (const gates of [soft, open])
      expect(
        run(gates, [offer(ana, { level: 'beginner' })], [request(bo, { level: 'advanced' })]).unmatched.map(({ reason }) => reason),
      ).toEqual(['level-too-low']);
  });

  it('bends nobody who could be served as well without (R18)', () => {
    // what Ana lacks in half-days she has in all else: two levels above, from afar and by the words alone count for less
    const straight = offer(eli, { level: 'advanced', place: 'remote', topicUri: null });
    const sought = request(bo, { place: 'either', level: 'beginner' });
    expect(pairs(run(soft, [offer(ana, { ...tuesday, level: 'beginner' }), straight], [sought]))).toEqual([[eli, bo, 'nothing']]);
  });

  it('lets whoever bends wait for those who need not, and not for ever (R18)', () => {
    const givers = [{ memberId: ana, openEngagements: 0, capacity: 1 }];
    const after = (days: number) =>
      pairs(run(soft, [offer(ana)], [request(bo, { ...tuesday, openSince: addDays(asOf, -days) }), request(cleo)], { givers }));
    expect(after(60)).toEqual([[ana, cleo, 'nothing']]);
    expect(after(330)).toEqual([[ana, bo, ['half-days']]]);
  });

  it('lets a learner join a group on the giver’s half-days and in the giver’s way (R7)', () => {
    const workshop = offer(ana, { smallestGroup: 3, largestGroup: 3, availability: ['mon-am', 'tue-am'] });
    const requests = [request(bo, tuesday), request(cleo, elsewhere), request(dia, { availability: ['tue-am'] })];
    expect(pairs(run(soft, [workshop], requests))).toEqual([]);
    const onTuesday = [request(bo, tuesday), request(cleo, { ...elsewhere, availability: [] }), requests[2]!];
    expect(pairs(run(soft, [workshop], onTuesday))).toEqual([[ana, bo, cleo, dia, ['place', 'half-days']]]);
  });

  it('serves no fewer than where all are hard, whatever the inputs (R18)', () =>
    fc.assert(
      fc.property(roundInputs, fc.constantFrom<MatchingGates>(defaultPolicy.gates, soft, open), (inputs, gates) => {
        const bent = solveMarket(marketOf(inputs, { ...defaultPolicy, gates }, 7));
        const straight = solveMarket(marketOf(inputs, { ...defaultPolicy, gates: hardGates }, 7));
        expect(bent.served).toBeGreaterThanOrEqual(straight.served);
      }),
      { numRuns: 200 },
    ));

  it('tells of each match exactly what its people do not share (R18)', () =>
    fc.assert(
      fc.property(roundInputs, (inputs) => {
        const { matches } = run(soft, inputs.offers, inputs.requests, inputs);
        const market = marketOf(inputs, { ...defaultPolicy, gates: soft }, 7);
        for (const { participants, bends = [] } of matches) {
          const given = market.offers.findIndex(({ offerId: id }) =>
            participants.some((one) => one.role === 'giver' && one.offerId === id),
          );
          const sought = market.requests.flatMap(({ requestId: id }, at) =>
            participants.some((one) => one.role === 'learner' && one.requestId === id) ? [at] : [],
          );
          expect(bends).toEqual(bendsIn(sought.reduce((all, each) => all | bentBy(market, given, each), 0)));
        }
      }),
      { numRuns: 100 },
    ));
});

describe('Who is firm', () => {
  const tuesday = { availability: ['tue-pm'] } as const;
  const firmOn = { firm: ['half-days'] } as const;

  it('is brought together by no round with somebody who does not share it, whatever the policy (R18)', () => {
    for (const gates of [soft, open]) {
      expect(pairs(run(gates, [offer(ana, firmOn)], [request(bo, tuesday)]))).toEqual([]);
      expect(pairs(run(gates, [offer(ana)], [request(bo, { ...tuesday, ...firmOn })]))).toEqual([]);
      expect(pairs(run(gates, [offer(ana)], [request(bo, { site: 'LIL', firm: ['place'] })]))).toEqual([]);
      expect(pairs(run(gates, [offer(ana, { firm: ['level'] })], [request(bo, { level: 'advanced' })]))).toEqual([]);
    }
  });

  it('keeps nobody else from bending, and bends in what they are not firm about (R18)', () => {
    const offers = [offer(ana, firmOn), offer(eli)];
    expect(pairs(run(soft, offers, [request(bo, tuesday)]))).toEqual([[eli, bo, ['half-days']]]);
    for (const [one, other] of [
      ['a', 'b'],
      ['b', 'a'],
    ] as const) {
      const alike = [offer(ana, { offerId: offerId(one), firm: ['place'] }), offer(eli, { offerId: offerId(other) })];
      expect(pairs(run(soft, alike, [request(bo, { site: 'LIL' })]))).toEqual([[eli, bo, ['place']]]);
    }
    expect(pairs(run(soft, [offer(ana, firmOn)], [request(bo, { site: 'LIL' })]))).toEqual([[ana, bo, ['place']]]);
  });

  it('on everything, on both sides, is served as by a policy that bends nothing (R18)', () =>
    fc.assert(
      fc.property(roundInputs, fc.constantFrom(soft, open), (inputs, gates) => {
        const firm = ['level', 'place', 'half-days'] as const;
        const all = {
          ...inputs,
          offers: inputs.offers.map((each) => ({ ...each, firm })),
          requests: inputs.requests.map((each) => ({ ...each, firm })),
        };
        const { matches, unmatched } = run(gates, all.offers, all.requests, all);
        expect({ matches, unmatched }).toMatchObject(
          (({ matches: kept, unmatched: left }) => ({ matches: kept, unmatched: left }))(
            run(hardGates, inputs.offers, inputs.requests, inputs),
          ),
        );
      }),
      { numRuns: 100 },
    ));

  it('is told in the hash of the inputs, and nobody else is: rounds from before hash as they did (R18)', () => {
    const inputs: RoundInputs = { asOf, offers: [offer(ana)], requests: [], givers: [], pairs: [], forbiddenPairs: [], unavailable: [] };
    expect(hashableInputs({ ...inputs, offers: [offer(ana, { firm: [] })] })).toEqual(hashableInputs(inputs));
    const [one, other] = [['place', 'level'] as const, ['level', 'place'] as const].map((firm) =>
      hashableInputs({ ...inputs, offers: [offer(ana, { firm })] }),
    );
    expect(one).toEqual(other);
    expect(one).not.toEqual(hashableInputs(inputs));
  });
});

describe('A pair that met before', () => {
  it('gives way to a new one where all else is alike, and to nothing more (R18)', () => {
    const pairsMet = [{ members: [ana, bo] as const, restUntil: null, metBefore: true }];
    for (const ids of [['a', 'b'] as const, ['b', 'a'] as const]) {
      const offers = [offer(ana, { offerId: offerId(ids[0]) }), offer(eli, { offerId: offerId(ids[1]) })];
      expect(pairs(run(hardGates, offers, [request(bo)], { pairs: pairsMet }))).toEqual([[eli, bo, 'nothing']]);
    }
    const farther = [offer(ana), offer(eli, { level: 'advanced' })];
    expect(pairs(run(hardGates, farther, [request(bo)], { pairs: pairsMet }))).toEqual([[ana, bo, 'nothing']]);
  });
});
