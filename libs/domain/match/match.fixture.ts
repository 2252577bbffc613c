import { command, now } from '#testing/commands';
import { specifying } from '#testing/given-when-then';
import { lyon } from '#testing/network-facts';
import { ana, asMember, bo, dia, eli } from '#testing/people';
import type { DataOf } from '#kernel/message';
import { addDays } from '../calendar';
import type { MatchId, MemberId, OfferId, RequestId, RoundId } from '../ids';
import type { Participant } from '../vocabulary';
import type { MatchCommand } from './match.commands';
import { matchDecider } from './match.decider';
import type { DeclineReason, MatchEvent } from './match.events';

export const match = specifying(matchDecider);
export const matchId = 'match-1' as MatchId;
export const ids = { matchId, networkId: lyon };
export const giver = (memberId: MemberId): Participant => ({ memberId, role: 'giver', offerId: `offer-${memberId}` as OfferId });
export const learner = (memberId: MemberId): Participant => ({ memberId, role: 'learner', requestId: `request-${memberId}` as RequestId });
export const pair = [giver(ana), learner(bo)];
export const group = [giver(ana), learner(bo), learner(dia), learner(eli)];
const score = { topic: 1, level: 1, language: 1, distance: 1, availability: 1, reciprocity: 0, waiting: 0, total: 0.8 };
export const byRound = { kind: 'round', roundId: 'round-1' as RoundId } as const;
export const byBo = { kind: 'member', by: bo } as const;

export const proposal = (changes: Partial<DataOf<MatchCommand, 'ProposeMatch'>> = {}): DataOf<MatchCommand, 'ProposeMatch'> => ({
  matchId,
  participants: pair,
  topicUri: 'https://example.org/topics/pivot-tables',
  level: 'practised',
  language: 'fr',
  smallestGroup: 1,
  ringId: null,
  metBefore: false,
  score,
  origin: byRound,
  facts: { largestGroup: 8, topicSteps: 0, lastTogether: null },
  ...changes,
});
export const declines = (memberId: MemberId, reason: DeclineReason = 'no-time', by = asMember(memberId)) =>
  command('DeclineMatch', { matchId, memberId, reason }, by);

const { metBefore: _, facts: __, ...proposedOf } = proposal();
export const proposedData = { ...proposedOf, reason: null };
export const proposed = (
  participants: readonly Participant[] = pair,
  changes: Partial<DataOf<MatchEvent, 'MatchProposed'>> = {},
): MatchEvent => ({
  type: 'MatchProposed',
  data: { ...proposedData, ...ids, connectionWaived: false, participants, ...changes },
});
export const answerBy = addDays(now, 14);
export const opened = (participants: readonly Participant[] = pair, accepted: readonly MemberId[] = []): MatchEvent => ({
  type: 'MatchOpened',
  data: { ...ids, participants, accepted, answerBy },
});
export const accepted = (memberId: MemberId): MatchEvent => ({ type: 'MatchAccepted', data: { ...ids, memberId } });
export const declined = (
  memberId: MemberId,
  participants: readonly Participant[],
  ends: boolean,
  reason: DeclineReason = 'no-time',
): MatchEvent => ({
  type: 'MatchDeclined',
  data: { ...ids, memberId, reason, ends, participants },
});
export const lapseAt = addDays(now, 74);
export const confirmed = (
  participants: readonly Participant[] = pair,
  dropped: readonly Participant[] = [],
  opensAt = now,
  connectionWaived = false,
): MatchEvent => ({
  type: 'MatchConfirmed',
  data: { ...ids, participants, dropped, connectionWaived, connectBy: addDays(opensAt, 14), lapseAt: addDays(opensAt, 74) },
});
export const running = [proposed(), opened(), accepted(ana), accepted(bo), confirmed()];
