import { matchEvents, incidentEvents } from '#domain/event-types';
import type { Recorded } from '#kernel/message';
import type { Projection } from '#kernel/projection';
import type { IncidentEvent } from '#domain/incident/incident.events';
import type { MatchEvent } from '#domain/match/match.events';
import { foldAsked, type AskedEvent, type AskedRow } from './asked.fold';
import { foldContest, foldEntry, foldIncident, type CaseRow, type ContestEvent, type EntryEvent } from './case.fold';
import { foldExchange, type CourseEvent, type ExchangeRow } from './exchange.fold';
import { foldMatch, type MatchRow } from './match.fold';

/** What a match, an exchange or a case waits for. */
export type SharedRow = MatchRow | ExchangeRow | CaseRow;
export type QueueRow = SharedRow | AskedRow;
export type QueueEvent = MatchEvent | CourseEvent | AskedEvent | IncidentEvent | ContestEvent | EntryEvent;

const ANSWERS: readonly QueueEvent['type'][] = ['EvaluationSubmitted', 'ExchangeClosed', 'FollowUpDue', 'FollowUpSubmitted'];

/** An event's stream names its aggregate: `match-…`, `exchange-…`. An answer changes no row that others are told of, not even its time (R15). */
const keysOf = ({ type, data, meta }: Recorded<QueueEvent>): readonly string[] => {
  const shared = meta.stream.replace('-', '/');
  if (type === 'ExchangeHeld') return [shared, `asked/${data.exchangeId}`];
  return ANSWERS.includes(type) ? [shared.replace('exchange/', 'asked/')] : [shared];
};

const fold = (row: QueueRow | undefined, event: Recorded<QueueEvent>, key: string): QueueRow | null => {
  if (key.startsWith('match/')) return foldMatch(row as MatchRow | undefined, event as Recorded<MatchEvent>);
  if (key.startsWith('exchange/')) return foldExchange(row as ExchangeRow | undefined, event as Recorded<CourseEvent>);
  if (key.startsWith('asked/')) return foldAsked(row as AskedRow | undefined, event as Recorded<AskedEvent>);
  if (key.startsWith('incident/')) return foldIncident(row as CaseRow | undefined, event as Recorded<IncidentEvent>);
  return key.startsWith('member/')
    ? foldEntry(row as CaseRow | undefined, event as Recorded<EntryEvent>)
    : foldContest(event as Recorded<ContestEvent>);
};

/** What waits for whom, since when, and why. */
export const matchQueue: Projection<QueueEvent, QueueRow> = {
  name: 'match-queue',
  version: 5,
  handles: {
    ...matchEvents,
    ...incidentEvents,
    ExchangeAgreed: true,
    ExchangeRescheduled: true,
    ParticipantDropped: true,
    SessionHeld: true,
    HeldConfirmed: true,
    HeldSettled: true,
    ExchangeHeld: true,
    ExchangeCancelled: true,
    ExchangeInterrupted: true,
    NoShowReported: true,
    NoShowContested: true,
    ExchangeDisputed: true,
    DisputeSettled: true,
    EvaluationSubmitted: true,
    ExchangeClosed: true,
    FollowUpDue: true,
    FollowUpSubmitted: true,
    OfferContested: true,
    OfferContestSettled: true,
    OfferWithdrawn: true,
    OfferLapsed: true,
    RequestContested: true,
    RequestContestSettled: true,
    RequestWithdrawn: true,
    RequestLapsed: true,
    RequestMet: true,
    MembershipRequested: true,
    MemberEnrolled: true,
    MemberLeft: true,
    ErasureRequested: true,
    ErasureApproved: true,
    ErasureDeferred: true,
    PersonalDataErased: true,
  },
  keys: keysOf,
  evolve: (row, event, key) => ({ row: fold(row, event, key), evidence: [event.meta.eventId] }),
};
