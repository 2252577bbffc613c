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
export type LiveRequest = Core & { readonly reviewDueAt: Instant } & (
    | { readonly status: 'published'; readonly pausedIn: MatchId | null }
    | { readonly status: 'review-due'; readonly lapseAt: Instant; readonly pausedIn: MatchId | null }
    | { readonly status: 'matched'; readonly matchId: MatchId }
    /** `pausedIn`: the match that held it at the pause; where that goes on, its exchange still meets the request. */
    | { readonly status: 'paused'; readonly pausedIn: MatchId | null }
  );

export type KnownRequest =
  | (Core & { readonly status: 'draft' })
  | LiveRequest
  | (Core & { readonly status: 'met'; readonly matchId: MatchId; readonly exchangeId: ExchangeId })
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

/** The match that holds it, or held it when it was paused. */
export const matchOf = (request: KnownRequest): MatchId | null => {
  if (!isLive(request)) return null;
  return request.status === 'matched' ? request.matchId : request.pausedIn;
};
