import { addDays } from '#domain/calendar';
import type { MemberId } from '#domain/ids';
import { defaultPolicy } from '#domain/network/policy';
import { offerId, requestId } from '#testing/content';
import { ana, bo, cleo, dia, eli } from '#testing/people';
import type { OfferInput, RequestInput, RoundInputs } from '../round-inputs';
import { asOf } from '../round-inputs.fixture';
import { hardGates } from '../bending/bends';
import { explainRound } from './explain-round';
import type { RoundExplained } from './explanation';

const excel = { topicUri: 'https://example.org/topics/pivot-tables', topicKey: 'https://example.org/topics/pivot-tables' };
const content = { ...excel, level: 'practised', language: 'fr', place: 'either', site: 'LYO', availability: ['mon-am', 'thu-pm'] } as const;
const offer = (memberId: MemberId, changes: Partial<OfferInput> = {}): OfferInput => ({
  ...{ ...content, offerId: offerId(`offer-${memberId}`), memberId, smallestGroup: 1, largestGroup: 1 },
  ...changes,
});
const request = (memberId: MemberId, changes: Partial<RequestInput> = {}): RequestInput => ({
  ...{ ...content, requestId: requestId(`request-${memberId}`), memberId, openSince: addDays(asOf, -10) },
  ...changes,
});
const strict = { ...defaultPolicy, gates: hardGates };
const steps = (changes: Partial<RoundInputs>, policy = strict) => {
  const inputs = { asOf, offers: [], requests: [], givers: [], pairs: [], forbiddenPairs: [], unavailable: [], ...changes };
  return explainRound({ inputs, policy }, { seed: 7, makeId: (name) => `id(${name})` });
};
const explained = (changes: Partial<RoundInputs>, policy = strict): RoundExplained => [...steps(changes, policy)].at(-1)!.explained!;
const decided = (changes: Partial<RoundInputs>, policy = strict) =>
  explained(changes, policy).proposals.flatMap(({ learners }) => learners.map((one) => one.decided));
const remedies = (changes: Partial<RoundInputs>) => explained(changes).unmatched.map(({ remedy }) => remedy);
const costs = (changes: Partial<RoundInputs>) =>
  Object.fromEntries(explained(changes).gateCosts.flatMap(({ gate, more }) => (more > 0 ? [[gate, more]] : [])));
const full = (memberId: MemberId) => ({ memberId, openEngagements: 2, capacity: 2 });

describe('A round explained', () => {
  it('says what each gate cost, one by one (R18)', () => {
    const requests = [request(bo), request(cleo), request(dia)];
    expect(costs({ offers: [offer(ana)], requests })).toEqual({ capacity: 1 });
    const over = { memberId: ana, openEngagements: 3, capacity: 2 };
    expect(costs({ offers: [offer(ana)], requests, givers: [over] })).toEqual({ capacity: 1 });
    expect(costs({ offers: [offer(ana, { place: 'site', site: 'LIL' })], requests: [request(bo)] })).toEqual({ place: 1 });
    expect(costs({ offers: [offer(ana, { availability: ['fri-am'] })], requests: [request(bo)] })).toEqual({ 'half-days': 1 });
    expect(costs({ offers: [offer(ana, { level: 'beginner' })], requests: [request(bo)] })).toEqual({ level: 1 });
    expect(costs({ offers: [offer(ana, { smallestGroup: 2, largestGroup: 3 })], requests: [request(bo)] })).toEqual({
      'smallest-group': 1,
    });
    const pairs = [{ members: [ana, bo] as const, restUntil: addDays(asOf, 30), metBefore: true }];
    expect(costs({ offers: [offer(ana)], requests: [request(bo)], pairs })).toEqual({ 'resting-pairs': 1 });
  });

  it('tells what language and forbidden pairs stop, and opens neither (R18)', () => {
    const told = explained({
      offers: [offer(ana, { language: 'en' })],
      requests: [request(bo), request(cleo, { language: 'en' })],
      forbiddenPairs: [[ana, cleo]],
    });
    expect(told.told).toEqual({ 'no-common-language': 1, 'pair-forbidden': 1 });
    expect(told.gateCosts.filter(({ more }) => more > 0)).toEqual([]);
  });

  it('says which part decided between a match and the next best offer, or what else did (R18)', () => {
    const other = offer(eli, { level: 'advanced' });
    const [only] = explained({ offers: [offer(ana), other], requests: [request(bo)] }).proposals;
    expect(only?.learners).toMatchObject([
      { requestId: 'request-bo', offerId: 'offer-ana', alternative: { offerId: 'offer-eli', score: { level: 0.6 } }, decided: 'level' },
    ]);
    expect(decided({ offers: [offer(ana)], requests: [request(bo)] })).toEqual(['only-offer']);
    expect(decided({ offers: [offer(ana), offer(eli)], requests: [request(bo)], givers: [{ ...full(ana), capacity: 3 }] })).toEqual([
      'load',
    ]);
    const group = offer(eli, { smallestGroup: 2, largestGroup: 3 });
    expect(decided({ offers: [offer(ana, { level: 'advanced' }), group], requests: [request(bo)] })).toEqual(['starts-a-group']);
    const lone = { memberId: ana, openEngagements: 1, capacity: 2 };
    const rivals = [request(bo), request(cleo, { level: 'practised', availability: ['mon-am'], place: 'site' })];
    const offers = [offer(ana), offer(eli, { level: 'advanced', place: 'remote' })];
    expect(decided({ offers, requests: rivals, givers: [lone] })).toEqual(['only-offer', 'needed-elsewhere']);
  });

  it('says that who need not bend came before who would have to, and who never met before who did (R18)', () => {
    const bent = [offer(ana, { level: 'advanced' }), offer(eli, { availability: ['fri-am'] })];
    expect(decided({ offers: bent, requests: [request(bo)] }, defaultPolicy)).toEqual(['bends-less']);
    const pairs = [{ members: [bo, eli] as const, restUntil: null, metBefore: true }];
    expect(decided({ offers: [offer(ana), offer(eli)], requests: [request(bo)], pairs })).toEqual(['new-acquaintance']);
  });

  it('says for each request left what would change it (R18)', () => {
    const offers = [offer(ana)];
    expect(remedies({ offers: [offer(ana, { availability: ['fri-am'] })], requests: [request(bo)] })).toEqual([{ kind: 'open-half-days' }]);
    expect(remedies({ offers, requests: [request(bo, { place: 'site', site: 'LIL' })] })).toEqual([{ kind: 'other-place' }]);
    expect(remedies({ offers, requests: [request(bo, { level: 'advanced' })] })).toEqual([{ kind: 'lower-level' }]);
    expect(remedies({ offers, requests: [request(bo)], givers: [full(ana)] })).toEqual([
      { kind: 'capacity', offerId: 'offer-ana', memberId: ana },
    ]);
    const until = addDays(asOf, 30);
    const pairs = [{ members: [bo, ana] as const, restUntil: until, metBefore: true }];
    expect(remedies({ offers, requests: [request(bo)], pairs })).toEqual([{ kind: 'wait', until }]);
    expect(remedies({ offers: [offer(ana, { smallestGroup: 2, largestGroup: 3 })], requests: [request(bo)] })).toEqual([
      { kind: 'smaller-group', offerId: 'offer-ana', memberId: ana },
    ]);
    expect(remedies({ offers, requests: [request(bo)], unavailable: [bo] })).toEqual([{ kind: 'author-returns' }]);
    expect(remedies({ requests: [request(bo)] })).toEqual([
      { kind: 'more-givers', count: 1, served: 1, ...excel, level: 'practised', language: 'fr' },
    ]);
  });

  it('asks the giver who is asked least, and says no remedy that helps nobody (R3, R18)', () => {
    const givers = [{ ...full(ana), openEngagements: 4, capacity: 4 }, full(eli)];
    expect(remedies({ offers: [offer(ana), offer(eli)], requests: [request(bo)], givers })).toEqual([
      { kind: 'capacity', offerId: 'offer-eli', memberId: eli },
    ]);
    const busy = { offers: [offer(ana, { availability: ['fri-am'] })], requests: [request(bo)], givers: [full(ana)] };
    expect(remedies(busy).map(({ kind }) => kind)).toEqual(['more-givers']);
    expect(remedies({ requests: [request(bo, { place: 'site', site: null })] })).toEqual([{ kind: 'nothing' }]);
  });

  it('finds room that others make by moving one after another, and none where a group would have to begin with one (R18)', () => {
    const [sql, budget] = [
      { topicUri: null, topicKey: 'words:sql' },
      { topicUri: null, topicKey: 'words:budget' },
    ];
    const one = (memberId: MemberId) => ({ memberId, openEngagements: 1, capacity: 2 });
    const ofAna = [offer(ana), offer(ana, { ...sql, offerId: offerId('offer-ana-sql') })];
    const ofEli = [offer(eli, { level: 'advanced' }), offer(eli, { ...budget, offerId: offerId('offer-eli-budget') })];
    // Bo may go from Ana to Eli, and Dia from Eli to Cleo, who is free.
    const ofCleo = (changes: Partial<OfferInput>) => offer(cleo, { ...budget, level: 'advanced', ...changes });
    const requests = [request(bo), request(dia, budget), request(cleo, { ...sql, availability: ['fri-am'] })];
    const told = (last: OfferInput) => remedies({ offers: [...ofAna, ...ofEli, last], requests, givers: [one(ana), one(eli)] });
    expect(told(ofCleo({}))).toEqual([{ kind: 'open-half-days' }]);
    expect(told(ofCleo({ smallestGroup: 2, largestGroup: 3 }))).toMatchObject([{ kind: 'more-givers' }]);
  });

  it('counts on no group of one whose only learner would have moved (R18)', () => {
    const sql = { topicUri: null, topicKey: 'words:sql' };
    const group = offer(ana, { level: 'advanced', largestGroup: 3 });
    const offers = [group, offer(ana, { ...sql, offerId: offerId('offer-ana-sql') }), offer(dia)];
    const givers = [ana, dia].map((memberId) => ({ memberId, openEngagements: 0, capacity: 1 }));
    const requests = [request(bo), request(cleo), request(eli, { ...sql, availability: ['fri-am'] })];
    expect(explained({ offers, requests, givers }).served).toBe(2);
    expect(remedies({ offers, requests, givers })).toMatchObject([{ kind: 'more-givers' }]);
  });

  it('sends newcomers where people want to meet on site (R18)', () => {
    const onSite = (site: string) => (memberId: MemberId) => request(memberId, { place: 'site', site });
    const requests = [...[bo, cleo].map(onSite('LYO')), ...[dia, eli].map(onSite('LIL'))];
    const [row] = explained({ requests }).scarcity;
    expect(row?.steps).toEqual([
      { givers: 1, served: 2 },
      { givers: 2, served: 4 },
    ]);
  });

  it('reports what is scarce, with what one giver more would serve, two, three (R18)', () => {
    const requests = [bo, cleo, dia, eli].map((id) => request(id));
    const [row, ...rest] = explained({ offers: [offer(ana)], requests: [...requests, request(ana, { level: 'advanced' })] }).scarcity;
    expect(row).toMatchObject({ ...excel, level: 'practised', language: 'fr', waiting: 2, givers: 1, steps: [{ givers: 1, served: 2 }] });
    expect(rest).toMatchObject([{ level: 'advanced', waiting: 1, givers: 0, steps: [{ givers: 1, served: 2 }] }]);
  });

  it('goes step by step, so that it can tell how far it is and be stopped', () => {
    const told = [...steps({})];
    expect(told.map(({ done }) => done)).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
    expect(told.map(({ explained: answer }) => answer !== null)).toEqual([false, false, false, false, false, false, false, true]);
  });
});
