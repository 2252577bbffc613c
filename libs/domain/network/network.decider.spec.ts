import { command } from '#testing/commands';
import { networkExamples } from '#testing/examples/network.examples';
import { specifying } from '#testing/given-when-then';
import { eventsOf, play } from '#testing/histories/histories';
import { lille, lyon, networkFacts as factsOf } from '#testing/network-facts';
import { acting, ana, asFacilitator, asMember, asNetworkLead, bo, cleo, fay, lou, moe, ned } from '#testing/people';
import { expectRepeatsToMakeNothing } from '#testing/histories/random-histories';
import fc from 'fast-check';
import type { NetworkCommand } from './network.commands';
import { networkDecider, networkFacts } from './network.decider';
import type { NetworkEvent } from './network.events';
import { defaultPolicy, type Policy } from './policy';
import type { PolicyChanges } from './policy-change';

const network = specifying(networkDecider);
const terms = { networkId: lyon, label: 'Lyon', timeZone: 'Europe/Paris', defaultLanguage: 'fr' as const };
const opened: NetworkEvent = { type: 'NetworkOpened', data: { ...terms, policyVersion: 1, policy: defaultPolicy } };
const changed = (policyVersion: number, changes: Partial<Policy>): NetworkEvent => ({
  type: 'PolicyChanged',
  data: { networkId: lyon, policyVersion, policy: { ...defaultPolicy, ...changes } },
});
const charter = (charterVersion: number, fr = 'Nous apprenons les uns des autres.'): NetworkEvent => ({
  type: 'CharterPublished',
  data: { networkId: lyon, charterVersion, text: { fr } },
});
const named: NetworkEvent = { type: 'MediatorNamed', data: { networkId: lyon, memberId: moe } };
const removed: NetworkEvent = { type: 'MediatorRemoved', data: { networkId: lyon, memberId: moe } };
const forbidden: NetworkEvent = { type: 'PairForbidden', data: { networkId: lyon, pair: [ana, bo], by: fay, reason: 'Ils l’ont demandé' } };

const allowed: NetworkEvent = { type: 'PairAllowed', data: { networkId: lyon, pair: [bo, ana], by: fay, reason: 'C’est réglé' } };

const open = (changes: Partial<typeof terms & { policy: Policy }> = {}, by = asNetworkLead()) =>
  command('OpenNetwork', { ...terms, policy: defaultPolicy, ...changes }, by);
const change = (changes: PolicyChanges, by = asNetworkLead()) => command('ChangePolicy', { networkId: lyon, changes }, by);
const publishCharter = (text: { fr?: string; en?: string }, by = asNetworkLead()) =>
  command('PublishCharter', { networkId: lyon, text }, by);
const mediator = (type: 'NameMediator' | 'RemoveMediator', by = asNetworkLead()) => command(type, { networkId: lyon, memberId: moe }, by);
const forbid = (pair: readonly [typeof ana, typeof ana] = [ana, bo], by = asFacilitator()) =>
  command('ForbidPair', { networkId: lyon, pair, reason: 'Ils l’ont demandé' }, by);

const lift = (pair: readonly [typeof ana, typeof ana] = [bo, ana], by = asFacilitator()) =>
  command('LiftPair', { networkId: lyon, pair, reason: 'C’est réglé' }, by);

describe('opening a network', () => {
  it('is the network lead’s, with policy, language and time zone (R23)', () => {
    network.given().when(open()).then(opened);
    network.given().when(open({}, asFacilitator())).thenRefused('not-allowed');
    network.given(opened).when(open()).thenNothing();
    network
      .given(opened)
      .when(open({ label: 'Lille' }))
      .thenRefused('network-exists');
  });

  it('refuses a network without a label, or in no time zone', () => {
    network
      .given()
      .when(open({ label: ' ' }))
      .thenRefused('label-missing');
    network
      .given()
      .when(open({ timeZone: 'Lyon' }))
      .thenRefused('time-zone-unknown');
  });

  it('lets no role reach into another network (R23)', () => {
    const elsewhere = { network: factsOf({ networkId: lille }) };
    network
      .given(opened)
      .when(command('NameMediator', { networkId: lyon, memberId: moe }, asNetworkLead(), elsewhere))
      .thenRefused('network-not-found');
    network
      .given()
      .when(change({ graceDays: 30 }))
      .thenRefused('network-not-found');
  });
});

describe('the policy', () => {
  it('changes what is named and counts its versions', () => {
    network
      .given(opened)
      .when(change({ graceDays: 30 }))
      .then(changed(2, { graceDays: 30 }));
    network
      .given(opened, changed(2, { graceDays: 30 }))
      .when(change({ acceptanceDays: 7 }))
      .then(changed(3, { graceDays: 30, acceptanceDays: 7 }));
    network
      .given(opened, changed(2, { graceDays: 30 }))
      .when(change({ graceDays: 30 }))
      .thenNothing();
  });

  it('keeps what a change does not name, inside headcount, gates and thresholds too; null takes away, and the default stands again (case 13)', () => {
    const { thresholds } = defaultPolicy;
    const before = {
      graceDays: 30,
      headcount: { 'site:LYO': 120, 'site:LIL': 80 },
      thresholds: { ...thresholds, noShow: 0.2, dormancy: 0.4 },
    };
    const then = (after: Partial<Policy>) => changed(3, { ...before, ...after });
    const given = network.given(opened, changed(2, before));
    given.when(change({ headcount: { 'site:LYO': 40 } })).then(then({ headcount: { 'site:LYO': 40, 'site:LIL': 80 } }));
    given.when(change({ headcount: { 'site:LYO': null } })).then(then({ headcount: { 'site:LIL': 80 } }));
    given.when(change({ headcount: null })).then(then({ headcount: {} }));
    given.when(change({ thresholds: { noShow: 0.1 } })).then(then({ thresholds: { ...before.thresholds, noShow: 0.1 } }));
    given.when(change({ thresholds: { noShow: null } })).then(then({ thresholds: { ...before.thresholds, noShow: thresholds.noShow } }));
    given.when(change({ thresholds: null })).then(then({ thresholds }));
    const { gates } = defaultPolicy;
    given.when(change({ gates: { place: 'soft' } })).then(then({ gates: { ...gates, place: 'soft' } }));
    given.when(change({ graceDays: null })).then(then({ graceDays: defaultPolicy.graceDays }));
    given.when(change({ headcount: { 'site:LYO': 120 }, thresholds: { dormancy: 0.4 } })).thenNothing();
    given.when(change({ thresholds: { nowhere: 1 } as never })).thenRefused('policy-value-wrong', { field: 'thresholds.nowhere' });
  });

  it('is the network lead’s', () => {
    for (const by of [asMember(ana), asFacilitator(), acting(lou, 'operator')])
      network
        .given(opened)
        .when(change({ graceDays: 30 }, by))
        .thenRefused('not-allowed');
  });

  const wrong: readonly (readonly [string, Partial<Policy>])[] = [
    ['graceDays', { graceDays: 0 }],
    ['graceDays', { graceDays: Number.NaN }],
    ['reviewMonths', { reviewMonths: 1.5 }],
    ['graceDays', { graceDays: 3651 }],
    ['pairRestDays', { pairRestDays: 3651 }],
    ['reviewMonths', { reviewMonths: 121 }],
    ['plannedAheadMonths', { plannedAheadMonths: 0 }],
    ['plannedAheadMonths', { plannedAheadMonths: 121 }],
    ['defaultCapacity', { defaultCapacity: 51 }],
    ['pairRestDays', { pairRestDays: -1 }],
    ['defaultCapacity', { defaultCapacity: 0 }],
    ['longestRing', { longestRing: 1 }],
    ['longestRing', { longestRing: 6 }],
    ['longestChain', { longestChain: 7 }],
    ['nearTopics', { nearTopics: 3 }],
    ['ringsOnly', { ringsOnly: 'yes' as unknown as boolean }],
    ['followUpUntilDay', { followUpUntilDay: 59 }],
    ['trainingLabel', { trainingLabel: '' }],
    ['warnOutsideHours', { warnOutsideHours: [30, 25] }],
    ['warnOutsideHours', { warnOutsideHours: [0] }],
    ['warnOutsideHours', { warnOutsideHours: [25, 25] }],
    ['headcount', { headcount: { LYO: 12 } }],
    ['headcount', { headcount: { 'site:LYO': -1 } }],
    ['thresholds.noShow', { thresholds: { ...defaultPolicy.thresholds, noShow: 1.1 } }],
    ['thresholds.reciprocityDebtDays', { thresholds: { ...defaultPolicy.thresholds, reciprocityDebtDays: Number.POSITIVE_INFINITY } }],
    // What no type lets through, but a file may hold.
    ['waiveConnectionForKnownPairs', { waiveConnectionForKnownPairs: 'yes' as unknown as boolean }],
    ['gates.place', { gates: { ...defaultPolicy.gates, place: 'loose' as 'soft' } }],
    ['gates', { gates: 'soft' as unknown as Policy['gates'] }],
    ['thresholds', { thresholds: 'none' as unknown as Policy['thresholds'] }],
  ];

  it.each(wrong)('refuses a wrong value, naming %s', (field, changes) => {
    network.given(opened).when(change(changes)).thenRefused('policy-value-wrong', { field });
    network
      .given()
      .when(open({ policy: { ...defaultPolicy, ...changes } }))
      .thenRefused('policy-value-wrong', { field });
  });
});

describe('values at the edge of what a policy allows', () => {
  const { thresholds } = defaultPolicy;
  const right: readonly Partial<Policy>[] = [
    { graceDays: 1 },
    { pairRestDays: 0 },
    { followUpUntilDay: 60 },
    { warnOutsideHours: [] },
    { headcount: { 'site:LYO': 0, 'unit:MAIL': 12 } },
    { thresholds: { ...thresholds, noShow: 0, dormancy: 1, reciprocityDebtDays: 0 } },
  ];

  it('stand', () => {
    for (const changes of right) network.given(opened).when(change(changes)).then(changed(2, changes));
  });
});

describe('a policy from a file', () => {
  it('has no field for credits or prices (R4)', () => {
    network
      .given(opened)
      .when(change({ creditPerHour: 1 } as Partial<Policy>))
      .thenRefused('policy-value-wrong', { field: 'creditPerHour' });
  });
});

describe('the charter', () => {
  it('counts its versions; the same text is no new one (R1)', () => {
    network
      .given(opened)
      .when(publishCharter({ fr: 'Nous apprenons les uns des autres.' }))
      .then(charter(1));
    network
      .given(opened, charter(1))
      .when(publishCharter({ fr: 'Texte nouveau' }))
      .then(charter(2, 'Texte nouveau'));
    network
      .given(opened, charter(1))
      .when(publishCharter({ fr: 'Nous apprenons les uns des autres.' }))
      .thenNothing();
  });

  it('reads in the network’s own language at least (R23)', () => {
    network
      .given(opened)
      .when(publishCharter({ en: 'We learn from one another.' }))
      .thenRefused('charter-text-missing');
    network.given(opened).when(publishCharter({})).thenRefused('charter-text-missing');
    network
      .given(opened)
      .when(publishCharter({ fr: '  ' }))
      .thenRefused('charter-text-missing');
    network
      .given(opened)
      .when(publishCharter({ fr: 'Texte' }, asFacilitator()))
      .thenRefused('not-allowed');
  });
});

describe('mediators', () => {
  it('are named and removed by the network lead, once (R9)', () => {
    network.given(opened).when(mediator('NameMediator')).then(named);
    network.given(opened, named).when(mediator('NameMediator')).thenNothing();
    network.given(opened, named).when(mediator('RemoveMediator')).then(removed);
    const both = network.given(opened, named).when(command('NameMediator', { networkId: lyon, memberId: ned }, asNetworkLead()));
    expect(both.state).toMatchObject({ mediators: [moe, ned] });
    network.given(opened, named, removed).when(mediator('RemoveMediator')).thenNothing();
    network.given(opened).when(mediator('NameMediator', asFacilitator())).thenRefused('not-allowed');
  });
});

describe('forbidden pairs', () => {
  it('are the facilitator’s, in either order (R7)', () => {
    network.given(opened).when(forbid()).then(forbidden);
    for (const pair of [
      [ana, cleo],
      [cleo, bo],
      [bo, cleo],
      [cleo, ana],
    ] as const)
      expect(network.given(opened, forbidden).when(forbid(pair)).decision).toMatchObject({ events: [{ type: 'PairForbidden' }] });
    network
      .given(opened, forbidden)
      .when(forbid([bo, ana]))
      .thenNothing();
    network
      .given(opened)
      .when(forbid([ana, ana]))
      .thenRefused('pair-of-one');
    network
      .given(opened)
      .when(forbid([ana, bo], asNetworkLead()))
      .thenRefused('not-allowed');
    network
      .given(opened)
      .when(forbid([fay, bo]))
      .thenRefused('case-names-you');
  });

  it('are lifted by a facilitator, in either order and once, and may be forbidden again (R7, R22, case 20)', () => {
    const lifted = network.given(opened, forbidden).when(lift());
    lifted.then(allowed);
    expect(lifted.state).toMatchObject({ forbiddenPairs: [] });
    network.given(opened, forbidden, allowed).when(lift()).thenNothing();
    network.given(opened, forbidden, allowed).when(forbid()).then(forbidden);
    network.given(opened).when(lift()).thenRefused('pair-not-forbidden');
    const other: NetworkEvent = { ...forbidden, data: { ...forbidden.data, pair: [ana, cleo] } } as NetworkEvent;
    expect(network.given(opened, forbidden, other).when(lift()).state).toMatchObject({ forbiddenPairs: [[ana, cleo]] });
    network
      .given(opened, forbidden)
      .when(lift([ana, bo], asNetworkLead()))
      .thenRefused('not-allowed');
    network
      .given(opened)
      .when(lift([fay, bo]))
      .thenRefused('case-names-you');
  });
});

describe('network facts', () => {
  it('are what decisions may know, as of the last event (R23)', () => {
    const { openedAt } = factsOf();
    const { state } = network.given({ ...opened, occurredAt: openedAt }, charter(1), named, forbidden).when(change({ graceDays: 30 }));
    expect(networkFacts(state, lyon)).toEqual(
      factsOf({ policyVersion: 2, policy: { ...defaultPolicy, graceDays: 30 }, mediators: [moe], forbiddenPairs: [[ana, bo]] }),
    );
    expect(networkFacts(state, lille)).toBeNull();
    expect(networkFacts(networkDecider.initial, lyon)).toBeNull();
  });
});

describe('any history of a network', () => {
  const leads = fc.constantFrom(asNetworkLead(), asNetworkLead(), asFacilitator(), asMember(ana));
  const commands = fc.array(
    fc.oneof(
      leads.map((by) => open({}, by)),
      fc.tuple(fc.integer({ min: -1, max: 4 }), leads).map(([graceDays, by]) => change({ graceDays }, by)),
      fc.tuple(fc.constantFrom('Un', 'Deux', ''), leads).map(([fr, by]) => publishCharter({ fr }, by)),
      fc
        .tuple(fc.constantFrom('NameMediator' as const, 'RemoveMediator' as const), fc.constantFrom(moe, ned), leads)
        .map(([type, memberId, by]): NetworkCommand => command(type, { networkId: lyon, memberId }, by)),
      fc.tuple(fc.constantFrom(ana, bo), fc.constantFrom(bo, cleo)).map((pair) => forbid(pair)),
      fc.tuple(fc.constantFrom(ana, bo), fc.constantFrom(bo, cleo)).map((pair) => lift(pair)),
    ),
    { maxLength: 30 },
  );

  it('makes nothing of an accepted command that is repeated (R22)', () => {
    fc.assert(fc.property(commands, (history) => expectRepeatsToMakeNothing(networkDecider, history)));
  });

  it('counts policies and charters up by one', () => {
    fc.assert(
      fc.property(commands, (history) => {
        const events = eventsOf(play(networkDecider, history));
        const policies = events.flatMap(({ data }) => ('policyVersion' in data ? [data.policyVersion] : []));
        const charters = events.flatMap(({ data }) => ('charterVersion' in data ? [data.charterVersion] : []));
        expect(policies).toEqual(policies.map((_, i) => i + 1));
        expect(charters).toEqual(charters.map((_, i) => i + 1));
      }),
    );
  });

  it('folds any sequence of events without judging', () => {
    const examples = Object.entries(networkExamples).map(([type, data]) => ({ type, data }) as NetworkEvent);
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...examples)), (events) => {
        events.reduce(networkDecider.evolve, networkDecider.initial);
      }),
    );
  });
});
