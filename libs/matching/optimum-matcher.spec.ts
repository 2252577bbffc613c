import { instant } from '#testing/commands';
import { offerId, requestId } from '#testing/content';
import { ana, bo, cleo, dia, eli } from '#testing/people';
import type { MemberId } from '#domain/ids';
import { defaultPolicy } from '#domain/network/policy';
import { addDays } from '#domain/calendar';
import { hardGates } from './bending/bends';
import { optimumMatcher, solverVersion } from './optimum-matcher';
import type { RoundResult } from './matcher';
import { hashableInputs, type OfferInput, type RequestInput, type RoundInputs } from './round-inputs';

const asOf = instant('2026-03-02T00:00:00Z');
const topic = { topicUri: 'https://example.org/topics/pivot-tables', topicKey: 'https://example.org/topics/pivot-tables' };
const other = { topicUri: 'https://example.org/topics/sql', topicKey: 'https://example.org/topics/sql' };
const content = { ...topic, level: 'practised', language: 'fr', place: 'either', site: 'LYO', availability: ['mon-am', 'thu-pm'] } as const;
const offer = (memberId: MemberId, changes: Partial<OfferInput> = {}): OfferInput => ({
  ...content,
  offerId: offerId(`offer-${memberId}`),
  memberId,
  smallestGroup: 1,
  largestGroup: 1,
  ...changes,
});
const request = (memberId: MemberId, changes: Partial<RequestInput> = {}): RequestInput => ({
  ...content,
  requestId: requestId(`request-${memberId}`),
  memberId,
  openSince: addDays(asOf, -10),
  ...changes,
});
const inputs = (changes: Partial<RoundInputs>): RoundInputs => ({
  asOf,
  offers: [],
  requests: [],
  givers: [],
  pairs: [],
  forbiddenPairs: [],
  unavailable: [],
  ...changes,
});
const run = (changes: Partial<RoundInputs>, seed = 7): RoundResult =>
  optimumMatcher(inputs(changes), { ...defaultPolicy, gates: hardGates }, { seed, makeId: (name) => `id(${name})` });
const who = ({ matches }: RoundResult) => matches.map(({ participants }) => participants.map(({ memberId }) => memberId));
const reasons = ({ unmatched }: RoundResult) => unmatched.map(({ reason }) => reason);
const pairOf = (o: Partial<OfferInput>, r: Partial<RequestInput>, more: Partial<RoundInputs> = {}) =>
  run({ offers: [offer(ana, o)], requests: [request(bo, r)], ...more });

describe('Matching at the optimum', () => {
  it('brings a giver and a learner together, and shows the parts of their fit (R7, R18)', () => {
    const { matches, unmatched, considered, ...rest } = pairOf({}, {});
    expect(unmatched).toEqual([]);
    expect(considered).toEqual({ offers: 1, requests: 1 });
    expect(rest).toEqual({ solverVersion, gap: { served: 0, cost: 0 } });
    expect(matches).toEqual([
      {
        matchId: 'id(match/offer-ana/request-bo)',
        participants: [
          { memberId: ana, role: 'giver', offerId: 'offer-ana' },
          { memberId: bo, role: 'learner', requestId: 'request-bo' },
        ],
        topicUri: topic.topicUri,
        level: 'practised',
        language: 'fr',
        smallestGroup: 1,
        ringId: null,
        metBefore: false,
        score: { topic: 1, level: 1, language: 1, distance: 1, availability: 1, reciprocity: 0, waiting: 0.1667, total: 0.775 },
      },
    ]);
  });

  it('says of every request left why it was (R18)', () => {
    expect(reasons(run({ requests: [request(bo)] }))).toEqual(['no-offer-on-topic']);
    expect(reasons(pairOf(other, {}))).toEqual(['no-offer-on-topic']);
    expect(reasons(run({ offers: [offer(bo)], requests: [request(bo)] }))).toEqual(['only-own-offers']);
    expect(reasons(pairOf({}, { level: 'advanced' }))).toEqual(['level-too-low']);
    expect(reasons(pairOf({ language: 'en' }, {}))).toEqual(['no-common-language']);
    expect(reasons(pairOf({ place: 'remote' }, { place: 'site' }))).toEqual(['no-common-place']);
    expect(reasons(pairOf({ place: 'site', site: 'LIL' }, {}))).toEqual(['no-common-place']);
    expect(reasons(pairOf({ place: 'site', site: null }, { site: null }))).toEqual(['no-common-place']);
    expect(reasons(pairOf({ availability: ['fri-am'] }, {}))).toEqual(['no-common-availability']);
    expect(reasons(pairOf({}, {}, { forbiddenPairs: [[bo, ana]] }))).toEqual(['pair-forbidden']);
    expect(reasons(pairOf({}, {}, { givers: [{ memberId: ana, openEngagements: 2, capacity: 2 }] }))).toEqual(['givers-at-capacity']);
    expect(reasons(pairOf({ smallestGroup: 2, largestGroup: 3 }, {}))).toEqual(['group-too-small']);
    expect(reasons(pairOf({}, {}, { unavailable: [bo] }))).toEqual(['author-unavailable']);
    const rivals = run({ offers: [offer(ana)], requests: [request(bo), request(dia), request(cleo)] });
    expect(reasons(rivals)).toEqual(['others-came-first']);
  });

  it('names the gate at which the offer that came farthest was stopped (R18)', () => {
    const offers = [offer(ana, { level: 'beginner' }), offer(eli, { availability: ['fri-am'] })];
    expect(reasons(run({ offers, requests: [request(bo)] }))).toEqual(['no-common-availability']);
  });

  it('takes an offer without named half-days at any (R18)', () => expect(who(pairOf({ availability: [] }, {}))).toEqual([[ana, bo]]));

  it('leaves a pair alone until its rest ends, and a person who is away out of all (R16)', () => {
    const resting = (restUntil: RoundInputs['asOf']) => ({ pairs: [{ members: [bo, ana] as const, restUntil, metBefore: true }] });
    expect(reasons(pairOf({}, {}, resting(addDays(asOf, 1))))).toEqual(['pair-resting']);
    const rested = pairOf({}, {}, resting(asOf));
    expect(rested.matches[0]?.metBefore).toBe(true);
    expect(reasons(pairOf({}, {}, { unavailable: [ana] }))).toEqual(['no-offer-on-topic']);
  });

  it('asks no giver beyond their capacity, two by default; a group counts once (R11)', () => {
    const requests = [bo, cleo, dia, eli].map((id) => request(id));
    expect(run({ offers: [offer(ana)], requests }).matches).toHaveLength(2);
    expect(run({ offers: [offer(ana)], requests, givers: [{ memberId: ana, openEngagements: 1, capacity: 2 }] }).matches).toHaveLength(1);
    expect(who(run({ offers: [offer(ana, { largestGroup: 4 })], requests }))).toEqual([[ana, bo, cleo, dia, eli]]);
  });

  it('keeps a group’s half-days, places and forbidden pairs common to all of it (R7)', () => {
    const offers = [offer(ana, { largestGroup: 3 })];
    const apart = [request(bo, { availability: ['mon-am'] }), request(dia, { availability: ['thu-pm'] })];
    expect(who(run({ offers, requests: apart }))).toEqual([
      [ana, bo],
      [ana, dia],
    ]);
    const forbidden = run({ offers, requests: [request(bo), request(dia)], forbiddenPairs: [[bo, dia]] });
    expect(who(forbidden)).toEqual([
      [ana, bo],
      [ana, dia],
    ]);
  });

  it('frees the learners of a group that stays too small for the offers left (R10)', () => {
    const workshop = offer(ana, { smallestGroup: 3, largestGroup: 5 });
    const requests = [request(bo), request(dia)];
    expect(who(run({ offers: [workshop, offer(eli, { level: 'advanced' })], requests }))).toEqual([
      [eli, bo],
      [eli, dia],
    ]);
  });

  it('brings the same giver and learner together on two topics, as a person may: no rule is against it (R7, R16)', () => {
    const offers = [offer(ana), offer(ana, { ...other, offerId: offerId('offer-ana-sql') })];
    const requests = [request(bo), request(bo, { ...other, requestId: requestId('request-bo-sql') })];
    expect(run({ offers, requests }).matches).toHaveLength(2);
  });

  it('prefers the better fit, then the giver who is asked less (R18)', () => {
    const offers = [offer(ana, { level: 'advanced' }), offer(eli)];
    expect(who(run({ offers, requests: [request(bo)] }))).toEqual([[eli, bo]]);
    const equals = [offer(ana), offer(eli)];
    const givers = [{ memberId: eli, openEngagements: 1, capacity: 2 }];
    for (const seed of [1, 2, 3, 4]) expect(who(run({ offers: equals, requests: [request(bo)], givers }, seed))).toEqual([[ana, bo]]);
  });

  it('draws between equals by the seed alone (R18)', () => {
    const draw = (seed: number) => who(run({ offers: [offer(ana), offer(eli)], requests: [request(bo)] }, seed))[0]?.[0];
    expect(new Set([1, 2, 3, 4, 5, 6, 7, 8].map(draw))).toEqual(new Set([ana, eli]));
    expect(draw(5)).toBe(draw(5));
  });

  it('gives the matches that close a circle one ring, each its own match (§1)', () => {
    const topics = [topic, other, { topicUri: null, topicKey: 'words:budget' }];
    const circle = [ana, bo, cleo];
    const offers = circle.map((id, i) => offer(id, topics[i]));
    const requests = circle.map((_, i) => request(circle[(i + 1) % 3]!, topics[i]));
    const aside = [
      offer(dia, { topicUri: null, topicKey: 'words:chess' }),
      request(eli, { topicUri: null, topicKey: 'words:chess' }),
    ] as const;
    const { matches } = run({ offers: [...offers, aside[0]], requests: [...requests, aside[1]] });
    expect(matches).toHaveLength(4);
    const rings = matches.map(({ ringId }) => ringId).filter((ringId) => ringId !== null);
    expect(rings).toHaveLength(3);
    expect(new Set(rings).size).toBe(1);
    expect(new Set(matches.map(({ matchId }) => matchId)).size).toBe(4);
  });

  it('counts reciprocity for a fit, and never as a condition (R3)', () => {
    const mutual = run({ offers: [offer(ana), offer(bo, other)], requests: [request(bo), request(ana, other)] });
    expect(mutual.matches.map(({ score }) => score.reciprocity)).toEqual([1, 1]);
    expect(pairOf({}, {}).matches[0]?.score.reciprocity).toBe(0);
  });
});

describe('The inputs of a round', () => {
  it('hold no trait of a person and no grade: what is not named is neither read nor hashed (R17)', () => {
    const trait = { gender: 'f', age: 50, origin: 'x', health: 'y', union: 'z', grade: 'III-2' };
    const plain = inputs({ offers: [offer(ana)], requests: [request(bo)], givers: [{ memberId: ana, openEngagements: 0, capacity: 2 }] });
    const laden: RoundInputs = {
      ...plain,
      ...trait,
      offers: plain.offers.map((each) => ({ ...each, ...trait })),
      requests: plain.requests.map((each) => ({ ...each, ...trait })),
      givers: plain.givers.map((each) => ({ ...each, ...trait })),
    };
    expect(hashableInputs(laden)).toEqual(hashableInputs(plain));
    expect(run(laden)).toEqual(run(plain));
    const content = ['availability', 'language', 'level', 'memberId', 'place', 'site', 'topicKey', 'topicUri'];
    expect(Object.keys(hashableInputs(laden).offers[0]!).sort()).toEqual([...content, 'largestGroup', 'offerId', 'smallestGroup'].sort());
    expect(Object.keys(hashableInputs(laden).requests[0]!).sort()).toEqual([...content, 'openSince', 'requestId'].sort());
    expect(Object.keys(hashableInputs(laden).givers[0]!).sort()).toEqual(['capacity', 'memberId', 'openEngagements']);
  });
});
