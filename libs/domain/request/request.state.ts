import type { Decision } from '#kernel/decider';
import type { Instant } from '#kernel/id';
import type { CommandOf } from '../command';
import type { Contest, Settlement } from '../contest';
import type { ExchangeId, MatchId, MemberId, NetworkId, RequestId } from '../ids';
import type { RequestContent } from '../vocabulary';
import type { RequestCommand } from './request.commands';
import type { RequestEvent } from './request.events';
import type { RequestRefusal } from './request.refusals';

interface Core {
  readonly requestId: RequestId;
  readonly memberId: MemberId;
  readonly networkId: NetworkId;
  readonly content: RequestContent;
  readonly contest: Contest | null;
  /** Of the last contest, until another opens. */
  readonly settled: Settlement | null;
}

/** Published, and not ended. */
export type LiveRequest = Core & { readonly reviewDueAt: Instant } &
  /** `heldBefore`: the match that held it last. Held without its author, who says later that they were there: it still meets it. */
  (
    | { readonly status: 'published'; readonly heldBefore: MatchId | null }
    | { readonly status: 'review-due'; readonly lapseAt: Instant; readonly heldBefore: MatchId | null }
    | { readonly status: 'matched'; readonly matchId: MatchId }
    /** `heldBy`: a match that holds it all the while; resumed, it is matched still. */
    | { readonly status: 'paused'; readonly heldBy: MatchId | null; readonly heldBefore: MatchId | null }
  );

export type KnownRequest =
  | (Core & { readonly status: 'draft' })
  | LiveRequest
  /** `reviewDueAt`: the window it had, for the case that its author was not there after all. */
  | (Core & { readonly status: 'met'; readonly matchId: MatchId; readonly exchangeId: ExchangeId; readonly reviewDueAt: Instant })
  | (Core & { readonly status: 'withdrawn' | 'lapsed' | 'taken-down' });

export type RequestState = { readonly status: 'unknown' } | KnownRequest;
export type RequestDecision = Decision<RequestEvent, RequestRefusal>;
export type RequestCommandOf<Type extends RequestCommand['type']> = CommandOf<RequestCommand, Type>;

export const idsOf = ({ requestId, memberId, networkId }: Core) => ({ requestId, memberId, networkId });

export const coreOf = ({ requestId, memberId, networkId, content, contest, settled }: Core): Core => ({
  requestId,
  memberId,
  networkId,
  content,
  contest,
  settled,
});

export const isLive = (request: KnownRequest): request is LiveRequest =>
  request.status === 'published' || request.status === 'review-due' || request.status === 'matched' || request.status === 'paused';

export const hasEnded = (request: KnownRequest): boolean => request.status !== 'draft' && !isLive(request);

/** The match that holds it now: published in it, or paused (§3). */
export const holderOf = (request: KnownRequest): MatchId | null => {
  if (request.status === 'matched') return request.matchId;
  return request.status === 'paused' ? request.heldBy : null;
};

/** The match that holds it, or held it last. */
export const matchOf = (request: KnownRequest): MatchId | null => {
  if (!isLive(request)) return null;
  return request.status === 'matched' ? request.matchId : (holderOf(request) ?? request.heldBefore);
};
