import type { Instant } from '#kernel/id';
import type { Personal, Recorded } from '#kernel/message';
import type { MatchId, MemberId, NetworkId } from '#domain/ids';
import type { Agreement, MatchEvent } from '#domain/match/match.events';
import type { ScoreParts } from '#domain/round/round.events';
import type { Bend, Language, Level, Participant } from '#domain/vocabulary';
import { wait, type Wait } from './wait';

/** A match on its way to an agreement. */
export interface MatchRow {
  readonly kind: 'match';
  readonly id: MatchId;
  readonly networkId: NetworkId;
  readonly status: 'proposed' | 'opened' | 'confirmed' | 'connection-planned' | 'awaiting-confirmation';
  readonly participants: readonly Participant[];
  /** Of those who stand in it; a member who asks has accepted by asking. */
  readonly accepted: readonly MemberId[];
  readonly mediatorId: MemberId | null;
  readonly connection: { readonly start: Instant; readonly place: Personal } | null;
  /** Once recorded; of a waived connection it waits for the others, who must be able to read it (R9). */
  readonly agreement: Agreement | null;
  /** Why it was proposed, where whoever did said so (R7). */
  readonly reason: Personal | null;
  readonly topicUri: string | null;
  readonly level: Level;
  readonly language: Language;
  readonly ringId: string | null;
  /** Participants see fit, language and distance; all parts are for the facilitator and the auditor. */
  readonly score: ScoreParts;
  /** What its people would have to agree on. */
  readonly bends: readonly Bend[];
  readonly proposedAt: Instant;
  readonly waits: readonly Wait[];
}

const idsOf = (participants: readonly Participant[]): readonly MemberId[] => [...new Set(participants.map(({ memberId }) => memberId))];

const proposed = ({ data, meta }: Extract<Recorded<MatchEvent>, { type: 'MatchProposed' }>): MatchRow => ({
  kind: 'match',
  id: data.matchId,
  networkId: data.networkId,
  status: 'proposed',
  participants: data.participants,
  accepted: data.origin.kind === 'member' ? [data.origin.by] : [],
  mediatorId: null,
  connection: null,
  agreement: null,
  reason: data.reason,
  topicUri: data.topicUri,
  level: data.level,
  language: data.language,
  ringId: data.ringId,
  score: data.score,
  bends: data.bends ?? [],
  proposedAt: meta.occurredAt,
  waits: [],
});

const confirmed = (row: MatchRow, { data, meta }: Extract<Recorded<MatchEvent>, { type: 'MatchConfirmed' }>): MatchRow => {
  const since = meta.occurredAt;
  const next = data.connectionWaived
    ? idsOf(data.participants).map((memberId) => wait(memberId, 'record-agreement', since, data.lapseAt))
    : [
        wait('mediator', 'plan-connection', since, data.connectBy),
        wait('facilitator', 'connection-overdue', since, data.lapseAt, data.connectBy),
      ];
  return { ...row, status: 'confirmed', participants: data.participants, accepted: idsOf(data.participants), waits: next };
};

/** From now on, not from its start on: whoever comes must know where and when, and who receives them. */
const planned = (row: MatchRow, { data, meta }: Extract<Recorded<MatchEvent>, { type: 'ConnectionPlanned' }>): MatchRow => {
  const { mediatorId, start, place, outcomeBy, lapseAt } = data;
  const since = meta.occurredAt;
  const waits = [
    wait(mediatorId, 'hold-connection', since, outcomeBy),
    wait(mediatorId, 'outcome-overdue', since, lapseAt, outcomeBy),
    ...idsOf(row.participants).map((memberId) => wait(memberId, 'attend-connection', since, outcomeBy)),
  ];
  return { ...row, status: 'connection-planned', mediatorId, connection: { start, place }, waits };
};

/** The match after one event; null once it waits for nothing more. */
export const foldMatch = (row: MatchRow | undefined, event: Recorded<MatchEvent>): MatchRow | null => {
  if (event.type === 'MatchProposed') return proposed(event);
  if (!row) return null;
  const since = event.meta.occurredAt;
  switch (event.type) {
    case 'MatchOpened': {
      const asked = idsOf(event.data.participants).filter((memberId) => !event.data.accepted.includes(memberId));
      const waits = asked.map((memberId) => wait(memberId, 'answer-match', since, event.data.answerBy));
      return { ...row, status: 'opened', accepted: event.data.accepted, waits };
    }
    case 'MatchAccepted':
      return {
        ...row,
        accepted: [...row.accepted, event.data.memberId],
        waits: row.waits.filter(({ who }) => who !== event.data.memberId),
      };
    case 'MatchDeclined':
      if (event.data.ends) return null;
      return {
        ...row,
        participants: row.participants.filter(({ memberId }) => memberId !== event.data.memberId),
        waits: row.waits.filter(({ who }) => who !== event.data.memberId),
      };
    case 'MatchConfirmed':
      return confirmed(row, event);
    case 'ConnectionPlanned':
      return planned(row, event);
    case 'AgreementReached':
    case 'AgreementConfirmed': {
      const { awaiting } = event.data;
      if (awaiting.length === 0) return null;
      const asked = row.waits.filter(({ who, why }) => why === 'confirm-agreement' && awaiting.some((memberId) => memberId === who));
      return {
        ...row,
        status: 'awaiting-confirmation',
        agreement: event.type === 'AgreementReached' ? event.data.agreement : row.agreement,
        waits: asked.length > 0 ? asked : awaiting.map((memberId) => wait(memberId, 'confirm-agreement', since, null)),
      };
    }
    case 'MatchExpired':
    case 'MatchSuperseded':
    case 'AgreementNotReached':
      return null;
  }
};
