import { memberEvents } from '#domain/event-types';
import type { ExchangeEvent } from '#domain/exchange/exchange.events';
import type { ExchangeId, IncidentId, MatchId, MemberId, NetworkId, RoundId } from '#domain/ids';
import type { IncidentEvent } from '#domain/incident/incident.events';
import type { MatchEvent } from '#domain/match/match.events';
import type { MemberEvent } from '#domain/member/member.events';
import type { RetentionEvent } from '#domain/retention/retention.events';
import type { Participant } from '#domain/vocabulary';
import type { EventId } from '#kernel/id';
import type { Recorded } from '#kernel/message';
import type { Projection } from '#kernel/projection';

/** Who and what an exchange is about: each id names a stream. */
export interface ExchangeRow {
  readonly of: 'exchange';
  readonly exchangeId: ExchangeId;
  readonly networkId: NetworkId;
  readonly matchId: MatchId;
  readonly participants: readonly Participant[];
  readonly mediatorId: MemberId | null;
  readonly incidents: readonly IncidentId[];
  /** Events of a long history that name it, by their ids: a fold sees no revision, and does not count there. */
  readonly ended: readonly EventId[];
}

export interface MatchRow {
  readonly of: 'match';
  /** Null where a person proposed it. */
  readonly roundId: RoundId | null;
}

/**
 * Where a member's history speaks of what: the revisions of what is about themself, and, apart, of what each match asked of them. A fold
 * sees no revision, but every event of these streams: it counts.
 */
export interface MemberRow {
  readonly of: 'member';
  readonly memberId: MemberId;
  readonly events: number;
  readonly own: readonly number[];
  readonly engaged: Readonly<Record<string, readonly number[]>>;
}

export type ExchangeStreamsRow = ExchangeRow | MatchRow | MemberRow;

export type ExchangeStreamsEvent =
  | MemberEvent
  | Extract<MatchEvent, { type: 'MatchProposed' }>
  | Extract<ExchangeEvent, { type: 'ExchangeAgreed' }>
  | Extract<IncidentEvent, { type: 'IncidentReported' }>
  | Extract<RetentionEvent, { type: 'RetentionApplied' }>;

const isMember = (event: Recorded<ExchangeStreamsEvent>): event is Recorded<MemberEvent> => event.type in memberEvents;

const keys = (event: Recorded<ExchangeStreamsEvent>): readonly string[] => {
  if (isMember(event)) return [`member/${event.data.memberId}`];
  if (event.type === 'MatchProposed') return [`match/${event.data.matchId}`];
  if (event.type === 'ExchangeAgreed') return [`exchange/${event.data.exchangeId}`];
  if (event.type === 'RetentionApplied') return event.data.exchangeIds.map((id) => `exchange/${id}`);
  const { exchangeId } = event.data.subject;
  return exchangeId === null ? [] : [`exchange/${exchangeId}`];
};

const foldMember = (row: MemberRow | undefined, { data }: Recorded<MemberEvent>): MemberRow => {
  const before = row ?? { of: 'member', memberId: data.memberId, events: 0, own: [], engaged: {} };
  const { events: revision, own, engaged } = before;
  const counted = { ...before, events: revision + 1 };
  if (!('matchId' in data)) return { ...counted, own: [...own, revision] };
  return { ...counted, engaged: { ...engaged, [data.matchId]: [...(engaged[data.matchId] ?? []), revision] } };
};

const agreed = ({ data }: Extract<Recorded<ExchangeEvent>, { type: 'ExchangeAgreed' }>): ExchangeRow => {
  const { exchangeId, networkId, matchId, participants, mediatorId } = data;
  return { of: 'exchange', exchangeId, networkId, matchId, participants, mediatorId, incidents: [], ended: [] };
};

const fold = (row: ExchangeStreamsRow | undefined, event: Recorded<ExchangeStreamsEvent>): ExchangeStreamsRow | null => {
  if (isMember(event)) return foldMember(row as MemberRow | undefined, event);
  switch (event.type) {
    case 'MatchProposed':
      return { of: 'match', roundId: event.data.origin.kind === 'round' ? event.data.origin.roundId : null };
    case 'ExchangeAgreed':
      return agreed(event);
    case 'IncidentReported':
      return row?.of === 'exchange' ? { ...row, incidents: [...row.incidents, event.data.incidentId] } : (row ?? null);
    case 'RetentionApplied':
      return row?.of === 'exchange' ? { ...row, ended: [...row.ended, event.meta.eventId] } : (row ?? null);
  }
};

/** Which streams hold what led to an exchange, and which part of each is about it? So that an audit need not walk the log. */
export const exchangeStreams: Projection<ExchangeStreamsEvent, ExchangeStreamsRow> = {
  name: 'exchange-streams',
  version: 2,
  handles: { ...memberEvents, MatchProposed: true, ExchangeAgreed: true, IncidentReported: true, RetentionApplied: true },
  keys,
  evolve: (row, event) => ({ row: fold(row, event), evidence: [event.meta.eventId] }),
};
