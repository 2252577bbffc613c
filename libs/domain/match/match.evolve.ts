import type { DataOf } from '#kernel/message';
import type { MatchEvent } from './match.events';
import type { KnownMatch, MatchState } from './match.state';
import { without } from './match.state';

const proposed = (data: DataOf<MatchEvent, 'MatchProposed'>): MatchState => ({
  status: 'proposed',
  matchId: data.matchId,
  networkId: data.networkId,
  origin: data.origin,
  reason: data.reason,
  proposed: data.participants,
  participants: data.participants,
  declined: [],
  topicUri: data.topicUri,
  smallestGroup: data.smallestGroup,
  connectionWaived: data.connectionWaived,
});

/** Who declined stands in it no more; their answer before that no longer counts (R10). */
const withoutDecliner = (match: KnownMatch, { memberId, reason, ends }: DataOf<MatchEvent, 'MatchDeclined'>): MatchState => {
  const left = { ...match, participants: without(match.participants, memberId), declined: [...match.declined, { memberId, reason }] };
  if (ends) return { ...left, status: 'declined' };
  return left.status === 'opened' ? { ...left, accepted: left.accepted.filter((id) => id !== memberId) } : left;
};

const accepting = (match: KnownMatch, { memberId }: DataOf<MatchEvent, 'MatchAccepted'>): MatchState =>
  match.status === 'opened' ? { ...match, accepted: [...match.accepted, memberId] } : match;

const recorded = (match: KnownMatch, data: DataOf<MatchEvent, 'AgreementReached'>): MatchState => {
  const { exchangeId, recordedBy, agreement, awaiting } = data;
  const said = { exchangeId, recordedBy, agreement };
  if (awaiting.length === 0) return { ...match, status: 'agreed', ...said };
  const lapseAt = match.status === 'confirmed' || match.status === 'connection-planned' ? match.lapseAt : null;
  return lapseAt === null ? match : { ...match, status: 'awaiting-confirmation', ...said, awaiting, lapseAt };
};

const agreementConfirmed = (match: KnownMatch, { awaiting }: DataOf<MatchEvent, 'AgreementConfirmed'>): MatchState => {
  if (match.status !== 'awaiting-confirmation') return match;
  return awaiting.length > 0 ? { ...match, awaiting } : { ...match, status: 'agreed' };
};

const evolveKnown = (match: KnownMatch, event: MatchEvent): MatchState => {
  switch (event.type) {
    case 'MatchProposed':
      return match;
    case 'MatchOpened':
      return { ...match, status: 'opened', accepted: event.data.accepted, answerBy: event.data.answerBy };
    case 'MatchAccepted':
      return accepting(match, event.data);
    case 'MatchDeclined':
      return withoutDecliner(match, event.data);
    case 'MatchConfirmed':
      return { ...match, status: 'confirmed', participants: event.data.participants, lapseAt: event.data.lapseAt };
    case 'MatchExpired':
      return { ...match, status: 'expired' };
    case 'MatchSuperseded':
      return { ...match, status: 'superseded' };
    case 'ConnectionPlanned': {
      const { mediatorId, start, place, lapseAt } = event.data;
      return { ...match, status: 'connection-planned', connection: { mediatorId, start, place }, lapseAt };
    }
    case 'AgreementReached':
      return recorded(match, event.data);
    case 'AgreementConfirmed':
      return agreementConfirmed(match, event.data);
    case 'AgreementNotReached':
      return { ...match, status: 'not-agreed', why: event.data.reason };
  }
};

export const evolve = (state: MatchState, event: MatchEvent): MatchState => {
  if (state.status !== 'unknown') return evolveKnown(state, event);
  return event.type === 'MatchProposed' ? proposed(event.data) : state;
};
