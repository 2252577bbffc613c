import { accept, refuse, type Decider, type Decision } from '#kernel/decider';
import type { Instant } from '#kernel/id';
import type { Personal } from '#kernel/message';
import { addDays } from '../calendar';
import type { CommandOf } from '../command';
import { isBlank } from '../content-rules';
import type { IncidentId, MemberId, NetworkId } from '../ids';
import { saidBefore } from '../said-before';
import type { DomainActor, Role } from '../vocabulary';
import type { IncidentCommand } from './incident.commands';
import type { IncidentEvent, IncidentKind, IncidentSubject } from './incident.events';
import type { IncidentRefusal } from './incident.refusals';

export type { IncidentRefusal };

interface Report {
  readonly incidentId: IncidentId;
  readonly networkId: NetworkId;
  readonly kind: IncidentKind;
  readonly subject: IncidentSubject;
  /** Null for what the indicators found. */
  readonly by: MemberId | null;
  readonly text: Personal | null;
}

type KnownIncident = Report &
  (
    | { readonly status: 'reported' }
    | { readonly status: 'assessed'; readonly action: Personal }
    | { readonly status: 'resolved'; readonly outcome: Personal; readonly endedAt: Instant | null }
  );

export type IncidentState = { readonly status: 'unknown' } | KnownIncident;
type IncidentDecision = Decision<IncidentEvent, IncidentRefusal>;
type IncidentCommandOf<Type extends IncidentCommand['type']> = CommandOf<IncidentCommand, Type>;

const evolve = (incident: IncidentState, event: IncidentEvent): IncidentState => {
  if (event.type === 'IncidentReported') {
    const { incidentId, networkId, kind, subject, by, text } = event.data;
    return { status: 'reported', incidentId, networkId, kind, subject, by, text };
  }
  if (incident.status === 'unknown') return incident;
  switch (event.type) {
    case 'IncidentAssessed':
      return { ...incident, status: 'assessed', action: event.data.action };
    case 'IncidentResolved':
      return { ...incident, status: 'resolved', outcome: event.data.text, endedAt: event.occurredAt ?? null };
  }
};

const reporting: readonly Role[] = ['member', 'mediator', 'facilitator', 'network-lead'];

/** Indicators open what is a risk, people the rest (§5). */
const mayReport = (kind: IncidentKind, { role }: DomainActor): boolean => (kind === 'risk' ? role === 'system' : reporting.includes(role));

const reportIncident = ({ data, by, at, network }: IncidentCommandOf<'ReportIncident'>, incident: IncidentState): IncidentDecision => {
  const { kind, subject, text } = data;
  if (!mayReport(kind, by)) return refuse({ code: 'not-allowed' });
  const reporter = kind === 'risk' ? null : by.id;
  if (incident.status !== 'unknown') {
    const recorded = [incident.kind, incident.subject, incident.text, incident.by];
    return saidBefore(recorded, [kind, subject, text, reporter], { code: 'incident-exists' });
  }
  if (kind === 'risk' && subject.indicator === null) return refuse({ code: 'indicator-missing' });
  if (kind !== 'risk' && (text === null || isBlank(text))) return refuse({ code: 'text-missing' });
  const settleBy = addDays(at, network.policy.settleDays);
  return accept({ type: 'IncidentReported', data: { ...data, networkId: network.networkId, by: reporter, settleBy } });
};

/** A facilitator, unless the case names them; a risk is the network lead's, who reads no other incident's text (§5, §7). */
const mayHandle = ({ role }: DomainActor, { kind }: KnownIncident): boolean =>
  role === 'facilitator' || (role === 'network-lead' && kind === 'risk');

const namesYou = ({ id }: DomainActor, { by, subject }: KnownIncident): boolean => id === by || id === subject.memberId;

const assessIncident = ({ data: { action }, by }: IncidentCommandOf<'AssessIncident'>, incident: KnownIncident): IncidentDecision => {
  const { incidentId, networkId } = incident;
  if (incident.status === 'resolved') return refuse({ code: 'incident-resolved' });
  if (incident.status === 'assessed') return saidBefore(incident.action, action, { code: 'incident-already-assessed' });
  if (isBlank(action)) return refuse({ code: 'text-missing' });
  return accept({ type: 'IncidentAssessed', data: { incidentId, networkId, by: by.id, action } });
};

const resolveIncident = ({ data: { text }, by }: IncidentCommandOf<'ResolveIncident'>, incident: KnownIncident): IncidentDecision => {
  const { incidentId, networkId } = incident;
  if (incident.status === 'resolved') return saidBefore(incident.outcome, text, { code: 'incident-resolved' });
  if (incident.status === 'reported') return refuse({ code: 'incident-not-assessed' });
  if (isBlank(text)) return refuse({ code: 'text-missing' });
  return accept({ type: 'IncidentResolved', data: { incidentId, networkId, by: by.id, text } });
};

const decide = (command: IncidentCommand, incident: IncidentState): IncidentDecision => {
  if (command.type === 'ReportIncident') return reportIncident(command, incident);
  if (incident.status === 'unknown') return refuse({ code: 'incident-not-found' });
  if (!mayHandle(command.by, incident)) return refuse({ code: 'not-allowed' });
  if (namesYou(command.by, incident)) return refuse({ code: 'case-names-you' });
  switch (command.type) {
    case 'AssessIncident':
      return assessIncident(command, incident);
    case 'ResolveIncident':
      return resolveIncident(command, incident);
  }
};

export const incidentDecider: Decider<IncidentState, IncidentCommand, IncidentEvent, IncidentRefusal> = {
  initial: { status: 'unknown' },
  evolve,
  decide,
};
