import { command, now } from '#testing/commands';
import { incidentExamples } from '#testing/examples/incident.examples';
import { specifying } from '#testing/given-when-then';
import { play } from '#testing/histories/histories';
import { lyon } from '#testing/network-facts';
import {
  ana,
  asDataProtectionOfficer,
  asFacilitator,
  asMediator,
  asMember,
  asNetworkLead,
  bo,
  fay,
  gus,
  lou,
  system,
} from '#testing/people';
import { anyHistory, expectRepeatsToMakeNothing } from '#testing/histories/random-histories';
import type { DataOf } from '#kernel/message';
import fc from 'fast-check';
import { addDays } from '../calendar';
import type { ExchangeId, IncidentId, MemberId } from '../ids';
import type { IncidentCommand } from './incident.commands';
import { incidentDecider } from './incident.decider';
import type { IncidentEvent } from './incident.events';

const incident = specifying(incidentDecider);
const incidentId = 'incident-1' as IncidentId;
const ids = { incidentId, networkId: lyon };
const subject = (memberId: MemberId | null = bo) => ({ exchangeId: 'exchange-1' as ExchangeId, memberId, indicator: null });
const risk = { exchangeId: null, memberId: null, indicator: 'no-show' };
const settleBy = addDays(now, 10);

const reported = (by: MemberId = ana, memberId: MemberId | null = bo): IncidentEvent => ({
  type: 'IncidentReported',
  data: { ...ids, kind: 'behaviour', subject: subject(memberId), by, text: 'Il a crié', settleBy },
});
const riskReported: IncidentEvent = {
  type: 'IncidentReported',
  data: { ...ids, kind: 'risk', subject: risk, by: null, text: null, settleBy },
};
const assessed = (by = fay): IncidentEvent => ({ type: 'IncidentAssessed', data: { ...ids, by, action: 'Parler à Bo' } });
const resolved = (by = fay): IncidentEvent => ({ type: 'IncidentResolved', data: { ...ids, by, text: 'Excuses faites' } });

const report = (by = asMember(ana), changes: Partial<DataOf<IncidentCommand, 'ReportIncident'>> = {}) =>
  command('ReportIncident', { incidentId, kind: 'behaviour', subject: subject(), text: 'Il a crié', ...changes }, by);
const assess = (by = asFacilitator(), action = 'Parler à Bo') => command('AssessIncident', { incidentId, action }, by);
const resolve = (by = asFacilitator(), text = 'Excuses faites') => command('ResolveIncident', { incidentId, text }, by);

describe('reporting', () => {
  it('is open to everybody who takes part, with a text', () => {
    incident.given().when(report()).then(reported());
    incident.given().when(report(asMediator())).then(reported(asMediator().id));
    incident
      .given()
      .when(report(asMember(ana), { text: ' ' }))
      .thenRefused('text-missing');
    incident
      .given()
      .when(report(asMember(ana), { text: null }))
      .thenRefused('text-missing');
    incident.given().when(report(asDataProtectionOfficer())).thenRefused('not-allowed');
  });

  it('leaves risks to the indicators, which name themselves', () => {
    const found = { kind: 'risk', subject: risk, text: null } as const;
    incident.given().when(report(system, found)).then(riskReported);
    incident
      .given()
      .when(report(asMember(ana), found))
      .thenRefused('not-allowed');
    incident.given().when(report(system)).thenRefused('not-allowed');
    incident
      .given()
      .when(report(system, { ...found, subject: { ...risk, indicator: null } }))
      .thenRefused('indicator-missing');
  });

  it('happens once (R22)', () => {
    incident.given(reported()).when(report()).thenNothing();
    incident
      .given(reported())
      .when(report(asMember(ana), { text: 'Autre chose' }))
      .thenRefused('incident-exists');
    incident
      .given(reported())
      .when(report(asMember(gus)))
      .thenRefused('incident-exists');
  });
});

describe('handling', () => {
  it('is the facilitator’s, a risk the network lead’s too', () => {
    incident.given(reported()).when(assess()).then(assessed());
    incident.given(riskReported).when(assess(asNetworkLead())).then(assessed(lou));
    incident.given(reported()).when(assess(asNetworkLead())).thenRefused('not-allowed');
    incident
      .given(reported())
      .when(assess(asMember(ana)))
      .thenRefused('not-allowed');
    incident.given().when(assess()).thenRefused('incident-not-found');
  });

  it('is nobody’s whom the case names', () => {
    incident.given(reported(fay)).when(assess()).thenRefused('case-names-you');
    incident.given(reported(ana, fay)).when(assess()).thenRefused('case-names-you');
    incident.given(reported(ana, fay), assessed(gus)).when(resolve()).thenRefused('case-names-you');
    incident
      .given(reported(ana, fay))
      .when(assess(asFacilitator(gus)))
      .then(assessed(gus));
  });

  it('assesses, then resolves; what was said stays (R21)', () => {
    incident.given(reported()).when(resolve()).thenRefused('incident-not-assessed');
    incident.given(reported(), assessed()).when(resolve()).then(resolved());
    incident.given(reported(), assessed()).when(assess()).thenNothing();
    incident.given(reported(), assessed()).when(assess(asFacilitator(), 'Autre action')).thenRefused('incident-already-assessed');
    incident.given(reported(), assessed(), resolved()).when(resolve()).thenNothing();
    incident.given(reported(), assessed(), resolved()).when(assess()).thenRefused('incident-resolved');
    incident.given(reported()).when(assess(asFacilitator(), ' ')).thenRefused('text-missing');
    incident.given(reported(), assessed()).when(resolve(asFacilitator(), ' ')).thenRefused('text-missing');
  });
});

describe('any history of an incident', () => {
  const orders = fc.oneof(
    fc.constantFrom(subject(), subject(fay)).map((about) => ({
      type: 'ReportIncident' as const,
      data: { incidentId, kind: 'content' as const, subject: about, text: 'Faux' },
    })),
    fc.constant({ type: 'ReportIncident' as const, data: { incidentId, kind: 'risk' as const, subject: risk, text: null } }),
    fc.constantFrom('Parler', 'Attendre').map((action) => ({ type: 'AssessIncident' as const, data: { incidentId, action } })),
    fc.constant({ type: 'ResolveIncident' as const, data: { incidentId, text: 'Fait' } }),
  );
  const histories = anyHistory<IncidentCommand>(orders);

  it('makes nothing of an accepted command that is repeated (R22)', () => {
    fc.assert(fc.property(histories, (commands) => expectRepeatsToMakeNothing(incidentDecider, commands)));
  });

  it('is reported, assessed and resolved once each, in this order', () => {
    fc.assert(
      fc.property(histories, (commands) => {
        const types = play(incidentDecider, commands).flatMap(({ decision }) =>
          decision.kind === 'accepted' ? decision.events.map(({ type }) => type) : [],
        );
        expect(types).toEqual(['IncidentReported', 'IncidentAssessed', 'IncidentResolved'].slice(0, types.length));
      }),
    );
  });

  it('folds any sequence of events without judging', () => {
    const examples = Object.entries(incidentExamples).map(([type, data]) => ({ type, data }) as IncidentEvent);
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...examples)), histories, (events, commands) => {
        const state = events.reduce(incidentDecider.evolve, incidentDecider.initial);
        for (const each of commands) incidentDecider.decide(each, state);
      }),
    );
  });
});
