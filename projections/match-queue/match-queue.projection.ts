import type { Recorded } from '#kernel/message';
import type { Projection } from '#kernel/projection';
import type { ExchangeEvent } from '#domain/exchange/exchange.events';
import type { IncidentEvent } from '#domain/incident/incident.events';
import type { MatchEvent } from '#domain/match/match.events';
import { foldContest, foldEntry, foldIncident, type CaseRow, type ContestEvent, type EntryEvent } from './case.fold';
import { foldExchange, type ExchangeRow } from './exchange.fold';
import { foldMatch, type MatchRow } from './match.fold';

export type QueueRow = MatchRow | ExchangeRow | CaseRow;
export type QueueEvent = MatchEvent | ExchangeEvent | IncidentEvent | ContestEvent | EntryEvent;

/** An event's stream names its aggregate: `match-…`, `exchange-…`. */
const keyOf = ({ meta }: Recorded<QueueEvent>): string => meta.stream.replace('-', '/');

const fold = (row: QueueRow | undefined, event: Recorded<QueueEvent>, key: string): QueueRow | null => {
  if (key.startsWith('match/')) return foldMatch(row as MatchRow | undefined, event as Recorded<MatchEvent>);
  if (key.startsWith('exchange/')) return foldExchange(row as ExchangeRow | undefined, event as Recorded<ExchangeEvent>);
  if (key.startsWith('incident/')) return foldIncident(row as CaseRow | undefined, event as Recorded<IncidentEvent>);
  return key.startsWith('member/')
    ? foldEntry(row as CaseRow | undefined, event as Recorded<EntryEvent>)
    : foldContest(event as Recorded<ContestEvent>);
};

/** What waits for whom, since when, and why. */
export const matchQueue: Projection<QueueEvent, QueueRow> = {
  name: 'match-queue',
  version: 2,
  handles: {
    MatchProposed: true,
    MatchOpened: true,
    MatchAccepted: true,
    MatchDeclined: true,
    MatchConfirmed: true,
    MatchExpired: true,
    MatchSuperseded: true,
    ConnectionPlanned: true,
    AgreementReached: true,
    AgreementConfirmed: true,
    AgreementNotReached: true,
    ExchangeAgreed: true,
    ExchangeRescheduled: true,
    ParticipantDropped: true,
    SessionHeld: true,
    SessionCorrected: true,
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
    EvaluationAmended: true,
    ExchangeEvaluated: true,
    ExchangeClosed: true,
    TrainingHoursRecorded: true,
    FollowUpDue: true,
    FollowUpSubmitted: true,
    IncidentReported: true,
    IncidentAssessed: true,
    IncidentResolved: true,
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
  keys: (event) => [keyOf(event)],
  evolve: (row, event, key) => ({ row: fold(row, event, key), evidence: [event.meta.eventId] }),
};
