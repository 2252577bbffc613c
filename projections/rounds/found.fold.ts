import type { Recorded } from '#kernel/message';
import type { MatchId, MemberId, NetworkId, RequestId, RoundId } from '#domain/ids';
import type { MatchEvent } from '#domain/match/match.events';
import type { EngagementReason } from '#domain/member/member.events';
import type { FoundMatch, RoundEvent, UnmatchedReason } from '#domain/round/round.events';

/** `found`: not proposed yet, or refused when it was, since something had changed by then (R16). */
export type Became =
  'found' | 'proposed' | 'opened' | 'confirmed' | 'connection-planned' | 'agreed' | 'superseded' | 'declined' | 'expired' | 'not-agreed';

/** A match that a round found, and what became of it. */
export interface FoundRow {
  readonly kind: 'match';
  readonly networkId: NetworkId;
  readonly roundId: RoundId;
  readonly matchId: MatchId;
  readonly match: Omit<FoundMatch, 'matchId'>;
  readonly became: Became;
  readonly accepted: readonly MemberId[];
  readonly mediatorId: MemberId | null;
  /** R11: whose place could not be kept, and why. */
  readonly superseded: { readonly memberId: MemberId; readonly reason: EngagementReason } | null;
}

/** A request that a round left, with its reason (R18). */
export interface LeftRow {
  readonly kind: 'unmatched';
  readonly networkId: NetworkId;
  readonly roundId: RoundId;
  readonly requestId: RequestId;
  readonly reason: UnmatchedReason;
}

type Found = Extract<RoundEvent, { type: 'MatchesFound' }>;
type Left = Extract<RoundEvent, { type: 'RequestsLeftUnmatched' }>;

const foundIn = ({ data }: Recorded<Found>, key: string): FoundRow | null => {
  const found = data.matches.find(({ matchId }) => key === `match/${matchId}`);
  if (!found) return null;
  const { matchId, ...match } = found;
  const ids = { networkId: data.networkId, roundId: data.roundId, matchId };
  return { kind: 'match', ...ids, match, became: 'found', accepted: [], mediatorId: null, superseded: null };
};

/** One of the round's matches after one event; a match that no round found is none of its. */
export const foldFound = (row: FoundRow | undefined, event: Recorded<Found | MatchEvent>, key: string): FoundRow | null => {
  if (event.type === 'MatchesFound') return foundIn(event, key);
  if (!row) return null;
  switch (event.type) {
    case 'MatchProposed':
      return { ...row, became: 'proposed' };
    case 'MatchOpened':
      return { ...row, became: 'opened', accepted: event.data.accepted };
    case 'MatchAccepted':
      return { ...row, accepted: [...row.accepted, event.data.memberId] };
    case 'MatchDeclined':
      return event.data.ends ? { ...row, became: 'declined' } : row;
    case 'MatchConfirmed':
      return { ...row, became: 'confirmed', accepted: event.data.participants.map(({ memberId }) => memberId) };
    case 'ConnectionPlanned':
      return { ...row, became: 'connection-planned', mediatorId: event.data.mediatorId };
    case 'AgreementReached':
    case 'AgreementConfirmed':
      return event.data.awaiting.length > 0 ? row : { ...row, became: 'agreed' };
    case 'MatchExpired':
      return { ...row, became: 'expired' };
    case 'MatchSuperseded':
      return { ...row, became: 'superseded', superseded: { memberId: event.data.memberId, reason: event.data.reason } };
    case 'AgreementNotReached':
      return { ...row, became: 'not-agreed' };
  }
};

export const leftKey = (roundId: string, requestId: string): string => `unmatched/${roundId}/${requestId}`;

export const foldLeft = ({ data: { networkId, roundId, requests } }: Recorded<Left>, key: string): LeftRow | null => {
  const left = requests.find(({ requestId }) => key === leftKey(roundId, requestId));
  return left ? { kind: 'unmatched', networkId, roundId, ...left } : null;
};
