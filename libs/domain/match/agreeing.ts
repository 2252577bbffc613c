import { accept, refuse } from '#kernel/decider';
import type { Personal } from '#kernel/message';
import { addDays, later } from '../calendar';
import type { NetworkFacts } from '../command';
import { connectionRange, dateRefusal, plannedRange, type DateRange } from '../date-range';
import type { MemberId } from '../ids';
import { saidBefore } from '../said-before';
import { sameValue } from '../same-value';
import type { DomainActor } from '../vocabulary';
import type { Agreement, MatchEvent } from './match.events';
import type { AgreementPart, MatchRefusal } from './match.refusals';
import type { Awaiting, Confirmed, KnownMatch, MatchCommandOf, MatchDecision, Planned } from './match.state';
import { hasEnded, idsOf, takesPart } from './match.state';

type Unagreed = Confirmed | Planned | Awaiting;

const isUnagreed = (match: KnownMatch): match is Unagreed =>
  match.status === 'confirmed' || match.status === 'connection-planned' || match.status === 'awaiting-confirmation';

const notTheMoment = (match: KnownMatch): MatchRefusal => {
  if (hasEnded(match)) return { code: 'match-ended' };
  return { code: match.status === 'agreed' || match.status === 'awaiting-confirmation' ? 'agreement-recorded' : 'match-not-confirmed' };
};

const mediatorOf = (match: KnownMatch): MemberId | null => (match.status === 'connection-planned' ? match.connection.mediatorId : null);

/** R9: the connection names a mediator who takes no part; moved as often as needed until agreed. */
export const planConnection = (command: MatchCommandOf<'PlanConnection'>, match: KnownMatch): MatchDecision => {
  const { data, by, at, network } = command;
  if (by.role !== 'facilitator' && (by.role === 'system' || by.id !== data.mediatorId)) return refuse({ code: 'not-allowed' });
  if (match.status !== 'confirmed' && match.status !== 'connection-planned') return refuse(notTheMoment(match));
  const { mediatorId, start, place } = data;
  if (match.status === 'connection-planned' && sameValue(match.connection, { mediatorId, start, place })) return accept();
  if (!network.mediators.includes(mediatorId)) return refuse({ code: 'not-a-mediator' });
  if (takesPart(match, mediatorId)) return refuse({ code: 'mediator-takes-part' });
  const refusal = dateRefusal('start', start, connectionRange(command));
  if (refusal) return refuse(refusal);
  // A connection noted afterwards leaves the mediator as long as any other.
  const outcomeBy = addDays(later(start, at), network.policy.outcomeDays);
  const lapseAt = addDays(outcomeBy, network.policy.lapseDays);
  return accept({ type: 'ConnectionPlanned', data: { ...idsOf(match), mediatorId, start, place, outcomeBy, lapseAt } });
};

const isWritten = (text: Personal): boolean => typeof text !== 'string' || text.trim() !== '';
const areDistinct = (ids: readonly string[]): boolean => new Set(ids).size === ids.length;
const isMinutes = (minutes: number): boolean => Number.isInteger(minutes) && minutes >= 1 && minutes <= 720;

/** R8: what an agreement lacks. */
const missingPart = ({ content, method, sessions, criteria }: Agreement): AgreementPart | null => {
  if (!isWritten(content)) return 'content';
  if (!isWritten(method)) return 'method';
  if (sessions.length === 0) return 'session';
  const named = criteria.length > 0 && criteria.every(({ text }) => isWritten(text)) && areDistinct(criteria.map((c) => c.criterionId));
  return named ? null : 'criterion';
};

/** R24: the first session that lies outside what may be planned. */
const sessionOutside = (sessions: Agreement['sessions'], range: DateRange): MatchRefusal | null => {
  const refusals = sessions.map(({ start }, index) => dateRefusal(`sessions.${index}.start`, start, range));
  return refusals.find((refusal) => refusal !== null) ?? null;
};

const whyIncomplete = (agreement: Agreement, range: DateRange): MatchRefusal | null => {
  const missing = missingPart(agreement);
  if (missing) return { code: 'agreement-incomplete', missing };
  const { sessions } = agreement;
  const valid = sessions.every(({ minutes }) => isMinutes(minutes)) && areDistinct(sessions.map(({ sessionId }) => sessionId));
  return valid ? sessionOutside(sessions, range) : { code: 'session-invalid' };
};

/** R9: the connection's mediator records; where the connection is waived, one participant does. */
const mayRecord = (by: DomainActor, match: KnownMatch, { mediators }: NetworkFacts): boolean =>
  by.role !== 'system' &&
  ((by.id === mediatorOf(match) && mediators.includes(by.id)) || (match.connectionWaived && takesPart(match, by.id)));

const agreementReached = ({ data, by }: MatchCommandOf<'RecordAgreement'>, match: Confirmed | Planned): MatchEvent => {
  const { participants, topicUri } = match;
  const others = participants.map(({ memberId }) => memberId).filter((memberId) => memberId !== by.id);
  // R7: a match always has a giver; §4: the text is theirs, whoever records it.
  const textOwner = participants.find(({ role }) => role === 'giver')?.memberId ?? by.id;
  const awaiting = takesPart(match, by.id) ? others : [];
  const record = { recordedBy: by.id, mediatorId: mediatorOf(match), textOwner, topicUri, awaiting };
  return {
    type: 'AgreementReached',
    data: { ...idsOf(match), exchangeId: data.exchangeId, participants, agreement: data.agreement, ...record },
  };
};

export const recordAgreement = (command: MatchCommandOf<'RecordAgreement'>, match: KnownMatch): MatchDecision => {
  const { data, by, network } = command;
  if (by.role === 'system' || (!takesPart(match, by.id) && !network.mediators.includes(by.id))) return refuse({ code: 'not-allowed' });
  if ((match.status === 'agreed' || match.status === 'awaiting-confirmation') && by.id === match.recordedBy)
    return saidBefore([match.exchangeId, match.agreement], [data.exchangeId, data.agreement], { code: 'agreement-recorded' });
  if (match.status !== 'confirmed' && match.status !== 'connection-planned') return refuse(notTheMoment(match));
  if (!mayRecord(by, match, network)) return refuse({ code: 'not-allowed' });
  const refusal = whyIncomplete(data.agreement, plannedRange(command));
  return refusal ? refuse(refusal) : accept(agreementReached(command, match));
};

/** R9: without a mediator, each of the others confirms what one of them recorded. */
export const confirmAgreement = ({ data, by }: MatchCommandOf<'ConfirmAgreement'>, match: KnownMatch): MatchDecision => {
  if (by.role === 'system' || by.id !== data.memberId) return refuse({ code: 'not-allowed' });
  if (!takesPart(match, by.id)) return refuse({ code: 'not-a-participant' });
  if (match.status === 'agreed') return accept();
  if (hasEnded(match)) return refuse({ code: 'match-ended' });
  if (match.status !== 'awaiting-confirmation') return refuse({ code: 'no-agreement-recorded' });
  if (!match.awaiting.includes(by.id)) return accept();
  const awaiting = match.awaiting.filter((id) => id !== by.id);
  return accept({ type: 'AgreementConfirmed', data: { ...idsOf(match), exchangeId: match.exchangeId, memberId: by.id, awaiting } });
};

/** The connection's mediator, any mediator before it is planned, or a participant of a waived one. */
const mayGiveUp = (by: DomainActor, match: KnownMatch, { mediators }: NetworkFacts): boolean => {
  if (by.role === 'system') return true;
  if (takesPart(match, by.id)) return match.connectionWaived;
  return mediators.includes(by.id) && (match.status !== 'connection-planned' || by.id === match.connection.mediatorId);
};

export const giveUpAgreement = ({ data, by, network }: MatchCommandOf<'GiveUpAgreement'>, match: KnownMatch): MatchDecision => {
  if (!mayGiveUp(by, match, network)) return refuse({ code: 'not-allowed' });
  if (match.status === 'not-agreed') return by.role === 'system' ? accept() : saidBefore(match.why, data.reason, { code: 'match-ended' });
  if (match.status === 'agreed') return refuse({ code: 'agreement-recorded' });
  if (!isUnagreed(match)) return refuse(notTheMoment(match));
  const { participants } = match;
  const who = by.role === 'system' ? null : by.id;
  return accept({ type: 'AgreementNotReached', data: { ...idsOf(match), participants, reason: data.reason, by: who } });
};

/** §3: not agreed by the end of the window in force. */
export const lapseMatch = ({ data, by, at }: MatchCommandOf<'LapseMatch'>, match: KnownMatch): MatchDecision => {
  if (by.role !== 'system') return refuse({ code: 'not-allowed' });
  if (!isUnagreed(match) || match.lapseAt !== data.lapseAt) return accept();
  if (at < match.lapseAt) return refuse({ code: 'window-still-open' });
  const { participants, connectionWaived } = match;
  const reason = match.status === 'confirmed' && !connectionWaived ? 'no-connection' : 'no-outcome';
  return accept({ type: 'AgreementNotReached', data: { ...idsOf(match), participants, reason, by: null } });
};
