import type { Instant } from '#kernel/id';
import type { Personal, Recorded } from '#kernel/message';
import type { ExchangeEvent } from '#domain/exchange/exchange.events';
import type { MemberId, NetworkId } from '#domain/ids';
import type { Agreement, MatchEvent } from '#domain/match/match.events';
import type { EngagementReason } from '#domain/member/member.events';
import type { ScoreParts } from '#domain/round/round.events';
import type { Bend, Participant } from '#domain/vocabulary';

export type MatchStatus =
  'proposed' | 'opened' | 'confirmed' | 'connection-planned' | 'agreed' | 'superseded' | 'declined' | 'expired' | 'not-agreed';
export type ExchangeStatus = 'agreed' | 'in-progress' | 'held' | 'closed' | 'cancelled' | 'interrupted' | 'disputed';

/** A match or an exchange that a member has a place in. */
export interface MeetingRow {
  readonly kind: 'match' | 'exchange';
  readonly id: string;
  readonly networkId: NetworkId;
  readonly status: MatchStatus | ExchangeStatus;
  /** Where a dispute returns to. */
  readonly before: ExchangeStatus | null;
  readonly participants: readonly Participant[];
  /** Who dropped out of the exchange. */
  readonly formerly: readonly MemberId[];
  /** Of a match, of those who stand in it; a member who asks has accepted by asking. Of an exchange everybody. */
  readonly accepted: readonly MemberId[];
  readonly mediatorId: MemberId | null;
  readonly connection: { readonly start: Instant; readonly place: Personal } | null;
  readonly agreement: Agreement | null;
  /** Of a match: why it was proposed, where whoever did said so (R7). */
  readonly reason: Personal | null;
  /** Of a waived connection's agreement: who has yet to confirm it (R9). */
  readonly awaiting: readonly MemberId[];
  /** R11: whose place could not be kept, and why. */
  readonly superseded: { readonly memberId: MemberId; readonly reason: EngagementReason } | null;
  /** R11: people are told of a match once it is open; before, it is on the page of who asked for it, and of nobody else. */
  readonly toldTo: 'participants' | MemberId | null;
  readonly topicUri: string | null;
  /** Of a match: what participants see of its score (§7). */
  readonly fit: Pick<ScoreParts, 'topic' | 'level' | 'language' | 'distance'> | null;
  /** Of a match: what its people would have to agree on. */
  readonly bends: readonly Bend[];
  readonly since: Instant;
  /** Answer by, evaluate by: the window that runs, if one does. */
  readonly until: Instant | null;
}

const idsOf = (participants: readonly Participant[]): readonly MemberId[] => participants.map(({ memberId }) => memberId);

const proposed = ({ data, meta }: Extract<Recorded<MatchEvent>, { type: 'MatchProposed' }>): MeetingRow => {
  const { topic, level, language, distance } = data.score;
  const askedBy = data.origin.kind === 'member' ? data.origin.by : null;
  return {
    kind: 'match',
    id: data.matchId,
    networkId: data.networkId,
    status: 'proposed',
    before: null,
    participants: data.participants,
    formerly: [],
    accepted: askedBy === null ? [] : [askedBy],
    mediatorId: null,
    connection: null,
    agreement: null,
    reason: data.reason,
    awaiting: [],
    superseded: null,
    toldTo: askedBy,
    topicUri: data.topicUri,
    fit: { topic, level, language, distance },
    bends: data.bends ?? [],
    since: meta.occurredAt,
    until: null,
  };
};

const agreed = ({ data, meta }: Extract<Recorded<ExchangeEvent>, { type: 'ExchangeAgreed' }>): MeetingRow => ({
  kind: 'exchange',
  id: data.exchangeId,
  networkId: data.networkId,
  status: 'agreed',
  before: null,
  participants: data.participants,
  formerly: [],
  accepted: idsOf(data.participants),
  mediatorId: data.mediatorId,
  connection: null,
  agreement: data.agreement,
  reason: null,
  awaiting: [],
  superseded: null,
  toldTo: 'participants',
  topicUri: data.topicUri,
  fit: null,
  bends: [],
  since: meta.occurredAt,
  until: null,
});

const without = (row: MeetingRow, memberId: string): readonly Participant[] =>
  row.participants.filter((place) => place.memberId !== memberId);

/** The match after one event. */
export const foldMatch = (row: MeetingRow | undefined, event: Recorded<MatchEvent>): MeetingRow | null => {
  if (!row) return event.type === 'MatchProposed' ? proposed(event) : null;
  const to = (status: MatchStatus, until: Instant | null = null): MeetingRow => ({ ...row, status, until });
  switch (event.type) {
    case 'MatchProposed':
      return row;
    case 'MatchAccepted':
      return { ...row, accepted: [...row.accepted, event.data.memberId] };
    case 'MatchOpened':
      return { ...to('opened', event.data.answerBy), accepted: event.data.accepted, toldTo: 'participants' };
    case 'MatchDeclined':
      return event.data.ends ? to('declined') : { ...row, participants: without(row, event.data.memberId) };
    case 'MatchConfirmed':
      return { ...to('confirmed'), participants: event.data.participants, accepted: idsOf(event.data.participants) };
    case 'MatchExpired':
      return to('expired');
    case 'MatchSuperseded':
      return { ...to('superseded'), superseded: { memberId: event.data.memberId, reason: event.data.reason } };
    case 'ConnectionPlanned': {
      const { mediatorId, start, place } = event.data;
      return { ...to('connection-planned', start), mediatorId, connection: { start, place } };
    }
    case 'AgreementReached':
    case 'AgreementConfirmed': {
      const { awaiting } = event.data;
      const agreement = event.type === 'AgreementReached' ? event.data.agreement : row.agreement;
      return { ...(awaiting.length === 0 ? to('agreed') : row), agreement, awaiting };
    }
    case 'AgreementNotReached':
      return to('not-agreed');
  }
};

/** The exchange after one event. */
export const foldExchange = (row: MeetingRow | undefined, event: Recorded<ExchangeEvent>): MeetingRow | null => {
  if (!row) return event.type === 'ExchangeAgreed' ? agreed(event) : null;
  switch (event.type) {
    case 'ParticipantDropped':
      return { ...row, participants: without(row, event.data.memberId), formerly: [...row.formerly, event.data.memberId] };
    case 'SessionHeld':
      return row.status === 'agreed' ? { ...row, status: 'in-progress' } : row;
    case 'ExchangeHeld':
      return { ...row, status: 'held', until: event.data.evaluateBy };
    case 'ExchangeClosed':
      return { ...row, status: 'closed', until: null };
    case 'ExchangeCancelled':
      return { ...row, status: 'cancelled', until: null };
    case 'ExchangeInterrupted':
      return { ...row, status: 'interrupted', until: null };
    case 'ExchangeDisputed':
      return { ...row, status: 'disputed', before: row.status as ExchangeStatus };
    case 'DisputeSettled':
      return row.status === 'disputed' && row.before ? { ...row, status: row.before, before: null } : row;
    default:
      return row;
  }
};
