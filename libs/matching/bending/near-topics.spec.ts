import { addDays } from '#domain/calendar';
import type { MemberId } from '#domain/ids';
import { defaultPolicy } from '#domain/network/policy';
import { offerId, requestId } from '#testing/content';
import { ana, bo, cleo, dia, eli } from '#testing/people';
import { marketOf } from '../market';
import { optimumMatcher } from '../optimum-matcher';
import { hashableInputs, type NearTopicsInput, type OfferInput, type RequestInput } from '../round-inputs';
import { asOf } from '../round-inputs.fixture';
import { costs, dearestPair } from '../score';
import { solveMarket } from '../solve-market';
import { foundMatches } from '../found-matches';

const topic = (name: string) => ({ topicUri: `urn:${name}`, topicKey: `urn:${name}` });
const offer = (memberId: MemberId, name: string, changes: Partial<OfferInput> = {}): OfferInput => ({
  ...{ memberId, offerId: offerId(`offer-${memberId}`), ...topic(name), level: 'practised', language: 'fr', place: 'site', site: 'LYO' },
  ...{ availability: ['mon-am'], smallestGroup: 1, largestGroup: 1 },
  ...changes,
});
const request = (memberId: MemberId, name: string, changes: Partial<RequestInput> = {}): RequestInput => ({
  ...{
    memberId,
    requestId: requestId(`request-${memberId}`),
    ...topic(name),
    level: 'practised',
    language: 'fr',
    place: 'site',
    site: 'LYO',
  },
  ...{ availability: ['mon-am'], openSince: addDays(asOf, -10) },
  ...changes,
});
const near = (one: string, other: string, steps: number): NearTopicsInput => ({ topics: [`urn:${one}`, `urn:${other}`], steps });
const pivotsNearSheets = [near('pivots', 'sheets', 1)];
const inputsOf = (offers: readonly OfferInput[], requests: readonly RequestInput[], all: readonly NearTopicsInput[]) => ({
  ...{ asOf, offers, requests, givers: [], pairs: [], forbiddenPairs: [], unavailable: [], near: all },
});
const draw = { seed: 7, makeId: (name: string) => name };
const run = (...given: Parameters<typeof inputsOf>) => optimumMatcher(inputsOf(...given), defaultPolicy, draw);
const told = ({ matches }: ReturnType<typeof run>) =>
  matches.map(({ participants, bends, topicSteps }) => [
    ...participants.map(({ memberId }) => memberId),
    bends ?? 'nothing',
    topicSteps ?? 0,
  ]);

describe('A topic that is near', () => {
  it('serves where none on the same does, and is told with its steps (R7, R18)', () => {
    const [offers, requests] = [[offer(ana, 'sheets')], [request(bo, 'pivots')]];
    expect(run(offers, requests, []).unmatched).toMatchObject([{ reason: 'no-offer-on-topic' }]);
    expect(told(run(offers, requests, pivotsNearSheets))).toEqual([[ana, bo, ['topic'], 1]]);
    expect(told(run(offers, requests, [near('pivots', 'sheets', 2)]))).toEqual([[ana, bo, ['topic'], 2]]);
    expect(run(offers, requests, [near('pivots', 'baking', 1)]).matches).toEqual([]);
  });

  it('is the same where it is but written otherwise, and bends nothing (R7)', () => {
    const words = { topicUri: null, topicKey: 'words:sheets' };
    const all: NearTopicsInput[] = [{ topics: ['urn:sheets', 'words:sheets'], steps: 0 }];
    const [match] = run([offer(ana, 'sheets')], [request(bo, '', words)], all).matches;
    expect(match).toMatchObject({ score: { topic: 0.8 } });
    expect(Object.keys(match!)).not.toEqual(expect.arrayContaining(['bends']));
  });

  it('weighs the less the farther it is, and comes after the same topic (R7, R18)', () => {
    const topicPart = (steps: number): number =>
      run([offer(ana, 'a')], [request(bo, 'b')], [near('a', 'b', steps)]).matches[0]!.score.topic;
    expect([topicPart(1), topicPart(2)]).toEqual([0.5, 0.4]);
    const offers = [offer(ana, 'sheets'), offer(cleo, 'pivots', { level: 'advanced' })];
    const three = [bo, dia, eli].map((memberId) => request(memberId, 'pivots'));
    expect(told(run(offers, [request(bo, 'pivots')], pivotsNearSheets))).toEqual([[cleo, bo, 'nothing', 0]]);
    expect(told(run(offers, three, pivotsNearSheets)).map(([giver, , bends]) => [giver, bends])).toEqual([
      [ana, ['topic']],
      [cleo, 'nothing'],
      [cleo, 'nothing'],
    ]);
  });

  it('is not for who holds to their very topic, on either side (R7)', () => {
    const firm = { firm: ['topic'] } as const;
    const one = run([offer(ana, 'sheets')], [request(bo, 'pivots', firm)], pivotsNearSheets);
    expect(one.unmatched).toMatchObject([{ reason: 'no-offer-on-topic' }]);
    expect(run([offer(ana, 'sheets', firm)], [request(bo, 'pivots')], pivotsNearSheets).matches).toEqual([]);
    expect(told(run([offer(ana, 'pivots', firm)], [request(bo, 'pivots', firm)], pivotsNearSheets))).toEqual([[ana, bo, 'nothing', 0]]);
  });

  it('fills a group whose smallest size one topic alone does not reach (R7, R10)', () => {
    const workshop = offer(ana, 'sheets', { smallestGroup: 2, largestGroup: 4 });
    const requests = [request(bo, 'pivots'), request(dia, 'sheets')];
    expect(run([workshop], requests, []).matches).toEqual([]);
    expect(told(run([workshop], requests, pivotsNearSheets))).toEqual([[ana, bo, dia, ['topic'], 1]]);
  });

  it('is reached by large rounds, too, that begin with few candidates (R18)', () => {
    const offers = [offer(ana, 'sheets'), offer(cleo, 'macros'), offer(eli, 'pivots')];
    const requests = [request(bo, 'pivots'), request(dia, 'pivots'), request(ana, 'pivots')];
    const inputs = inputsOf(offers, requests, [near('pivots', 'sheets', 1), near('macros', 'pivots', 2)]);
    const market = marketOf(inputs, defaultPolicy, draw.seed);
    const large = solveMarket(market, { all: 0, wanted: 1, rounds: 20, withGroups: 20 });
    expect(foundMatches(market, large, draw)).toEqual(optimumMatcher(inputs, defaultPolicy, draw).matches);
    expect(large.gap).toEqual({ served: 0, cost: 0 });
    expect(large.assigned.filter((given) => given >= 0)).toHaveLength(3);
  });

  it('costs no more than the dearest pair, whatever else is bent', () => {
    const far = request(bo, 'b', { level: 'advanced', availability: ['fri-pm'], site: 'LIL', openSince: asOf });
    const inputs = inputsOf([offer(ana, 'a')], [far], [near('a', 'b', 2)]);
    const pairs = [{ members: [ana, bo], restUntil: null, metBefore: true }] as const;
    const all = marketOf({ ...inputs, pairs }, { ...defaultPolicy, gates: { place: 'soft', halfDays: 'soft', level: 'soft' } }, draw.seed);
    const { alike, of } = costs(all);
    expect(of(alike(0, 0), 0, 0)).toBeLessThanOrEqual(dearestPair);
  });

  it('is part of what a round’s hash is taken of, in one order, and leaves older inputs as they were (R18)', () => {
    expect(Object.keys(hashableInputs(inputsOf([], [], [])))).not.toContain('near');
    const turned = [near('z', 'a', 1), near('b', 'c', 2)];
    expect(hashableInputs(inputsOf([], [], turned)).near).toEqual([near('a', 'z', 1), near('b', 'c', 2)]);
    const requests = [request(bo, 'pivots'), request(dia, 'sheets')];
    const all = [near('pivots', 'sheets', 1), near('macros', 'pivots', 1)];
    const one = run([offer(ana, 'sheets'), offer(cleo, 'macros')], requests, all);
    expect(run([offer(cleo, 'macros'), offer(ana, 'sheets')], [...requests].reverse(), [...all].reverse())).toEqual(one);
  });
});
