import type { Instant } from '#kernel/id';
import type { Recorded } from '#kernel/message';
import type { MatchId, MemberId, NetworkId } from '#domain/ids';
import type { MatchEvent } from '#domain/match/match.events';
import type { ScoreParts } from '#domain/round/round.events';
import type { Language, Level, Participant } from '#domain/vocabulary';
import { wait, type Wait } from './wait';

/** A match on its way to an agreement. */
export interface MatchRow {
  readonly kind: 'match';
  readonly id: MatchId;
  readonly networkId: NetworkId;
  readonly status: 'proposed' | 'opened' | 'confirmed' | 'connection-planned' | 'awaiting-confirmation';
  readonly participants: readonly Participant[];
  readonly mediatorId: MemberId | null;
  readonly topicUri: string | null;
  readonly level: Level;
  readonly language: Language;
  readonly ringId: string | null;
  /** Participants see fit, language and distance; all parts are for the facilitator and the auditor. */
  readonly score: ScoreParts;
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
  mediatorId: null,
  topicUri: data.topicUri,
  level: data.level,
  language: data.language,
  ringId: data.ringId,
  score: data.score,
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
  return { ...row, status: 'confirmed', participants: data.participants, waits: next };
};

/** The match after one event; null once it waits for nothing more. */
export const foldMatch = (row: MatchRow | undefined, event: Recorded<MatchEvent>): MatchRow | null => {
  if (event.type === 'MatchProposed') return proposed(event);
  if (!row) return null;
  const since = event.meta.occurredAt;
  switch (event.type) {
    case 'MatchOpened': {
      const asked = idsOf(event.data.participants).filter((memberId) => !event.data.accepted.includes(memberId));
      return { ...row, status: 'opened', waits: asked.map((memberId) => wait(memberId, 'answer-match', since, event.data.answerBy)) };
    }
    case 'MatchAccepted':
      return { ...row, waits: row.waits.filter(({ who }) => who !== event.data.memberId) };
    case 'MatchDeclined':
      if (event.data.ends) return null;
      return {
        ...row,
        participants: row.participants.filter(({ memberId }) => memberId !== event.data.memberId),
        waits: row.waits.filter(({ who }) => who !== event.data.memberId),
      };
    case 'MatchConfirmed':
      return confirmed(row, event);
    case 'ConnectionPlanned': {
      const { mediatorId, outcomeBy, lapseAt, start } = event.data;
      const waits = [
        wait(mediatorId, 'hold-connection', since, outcomeBy, start < since ? since : start),
        wait(mediatorId, 'outcome-overdue', since, lapseAt, outcomeBy),
      ];
      return { ...row, status: 'connection-planned', mediatorId, waits };
    }
    case 'AgreementReached':
    case 'AgreementConfirmed': {
      const { awaiting } = event.data;
      if (awaiting.length === 0) return null;
      const asked = row.waits.filter(({ who, why }) => why === 'confirm-agreement' && awaiting.some((memberId) => memberId === who));
      return {
        ...row,
        status: 'awaiting-confirmation',
        waits: asked.length > 0 ? asked : awaiting.map((memberId) => wait(memberId, 'confirm-agreement', since, null)),
      };
    }
    case 'MatchExpired':
    case 'MatchSuperseded':
    case 'AgreementNotReached':
      return null;
  }
};
