import type { Instant } from '#kernel/id';
import type { Decision } from '#kernel/decider';
import type { Personal } from '#kernel/message';
import type { CommandOf } from '../command';
import type { ExchangeId, MatchId, MemberId, NetworkId } from '../ids';
import type { Participant } from '../vocabulary';
import type { MatchCommand } from './match.commands';
import type { Agreement, DeclineReason, MatchEvent, MatchOrigin, NotAgreedReason } from './match.events';
import type { MatchRefusal } from './match.refusals';

interface Declined {
  readonly memberId: MemberId;
  readonly reason: DeclineReason;
}

interface Terms {
  readonly matchId: MatchId;
  readonly networkId: NetworkId;
  readonly origin: MatchOrigin;
  readonly reason: Personal | null;
  readonly proposed: readonly Participant[];
  /** Who stands in it still. */
  readonly participants: readonly Participant[];
  readonly declined: readonly Declined[];
  readonly topicUri: string | null;
  readonly smallestGroup: number;
  readonly connectionWaived: boolean;
}

export type Proposed = Terms & { readonly status: 'proposed' };
export type Opened = Terms & { readonly status: 'opened'; readonly accepted: readonly MemberId[]; readonly answerBy: Instant };
export type Confirmed = Terms & { readonly status: 'confirmed'; readonly lapseAt: Instant };
type Connection = { readonly mediatorId: MemberId; readonly start: Instant; readonly place: Personal };
export type Planned = Terms & { readonly status: 'connection-planned'; readonly connection: Connection; readonly lapseAt: Instant };
type Recorded = { readonly exchangeId: ExchangeId; readonly recordedBy: MemberId; readonly agreement: Agreement };
/** A waived connection's agreement, recorded by one participant and not confirmed by all others yet (R9). */
export type Awaiting = Terms &
  Recorded & { readonly status: 'awaiting-confirmation'; readonly awaiting: readonly MemberId[]; readonly lapseAt: Instant };
export type Agreed = Terms & Recorded & { readonly status: 'agreed' };
export type Ended = Terms &
  ({ readonly status: 'declined' | 'expired' | 'superseded' } | { readonly status: 'not-agreed'; readonly why: NotAgreedReason });

export type KnownMatch = Proposed | Opened | Confirmed | Planned | Awaiting | Agreed | Ended;
export type MatchState = { readonly status: 'unknown' } | KnownMatch;

export type MatchDecision = Decision<MatchEvent, MatchRefusal>;
export type MatchCommandOf<Type extends MatchCommand['type']> = CommandOf<MatchCommand, Type>;

export const takesPart = (match: KnownMatch, id: MemberId): boolean => match.participants.some(({ memberId }) => memberId === id);
export const tookPart = (match: KnownMatch, id: MemberId): boolean => match.proposed.some(({ memberId }) => memberId === id);
export const declinedBy = (match: KnownMatch, id: MemberId): Declined | undefined => match.declined.find(({ memberId }) => memberId === id);
export const without = (participants: readonly Participant[], id: MemberId): readonly Participant[] =>
  participants.filter(({ memberId }) => memberId !== id);
export const among = (participants: readonly Participant[], ids: readonly MemberId[]): readonly Participant[] =>
  participants.filter(({ memberId }) => ids.includes(memberId));

const count = (participants: readonly Participant[], role: Participant['role']): number =>
  participants.filter((p) => p.role === role).length;

/** R10: every giver, and the offer's smallest group of learners at least. */
export const enoughRemain = (match: KnownMatch, remaining: readonly Participant[]): boolean =>
  count(remaining, 'giver') === count(match.participants, 'giver') &&
  count(remaining, 'giver') > 0 &&
  count(remaining, 'learner') >= Math.max(1, match.smallestGroup);

export const idsOf = (match: KnownMatch): { matchId: MatchId; networkId: NetworkId } => ({
  matchId: match.matchId,
  networkId: match.networkId,
});

export const hasEnded = (match: KnownMatch): match is Ended =>
  match.status === 'declined' || match.status === 'expired' || match.status === 'superseded' || match.status === 'not-agreed';
