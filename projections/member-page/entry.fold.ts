import type { Recorded } from '#kernel/message';
import type { MemberId, NetworkId } from '#domain/ids';
import type { OfferEvent } from '#domain/offer/offer.events';
import type { RequestEvent } from '#domain/request/request.events';
import type { OfferContent, RequestContent } from '#domain/vocabulary';

export type EntryStatus =
  'draft' | 'published' | 'paused' | 'review-due' | 'lapsed' | 'withdrawn' | 'contested' | 'taken-down' | 'matched' | 'met';

/** One's own offer or request, drafts and ended ones too. */
export interface EntryRow {
  readonly kind: 'offer' | 'request';
  readonly id: string;
  readonly networkId: NetworkId;
  readonly memberId: MemberId;
  readonly status: EntryStatus;
  readonly content: OfferContent | RequestContent;
  readonly matchId: string | null;
}

const STATUS: Record<(OfferEvent | RequestEvent)['type'], EntryStatus | null> = {
  OfferDrafted: 'draft',
  OfferPublished: 'published',
  OfferRevised: null,
  OfferReviewDue: 'review-due',
  OfferConfirmed: 'published',
  OfferLapsed: 'lapsed',
  OfferPaused: 'paused',
  OfferResumed: 'published',
  OfferWithdrawn: 'withdrawn',
  OfferContested: 'contested',
  OfferContestSettled: null,
  RequestDrafted: 'draft',
  RequestPublished: 'published',
  RequestRevised: null,
  RequestReviewDue: 'review-due',
  RequestConfirmed: 'published',
  RequestLapsed: 'lapsed',
  RequestPaused: 'paused',
  RequestResumed: 'published',
  RequestWithdrawn: 'withdrawn',
  RequestContested: 'contested',
  RequestContestSettled: null,
  RequestMatched: 'matched',
  RequestMet: 'met',
  RequestReopened: 'published',
};

/** The entry after one event. */
export const foldEntry = (row: EntryRow | undefined, { type, data }: Recorded<OfferEvent | RequestEvent>): EntryRow | null => {
  const content = 'content' in data ? data.content : row?.content;
  if (!content) return null;
  const of = 'offerId' in data ? ({ kind: 'offer', id: data.offerId } as const) : ({ kind: 'request', id: data.requestId } as const);
  const settled = 'outcome' in data ? (data.outcome === 'kept' ? 'published' : 'taken-down') : null;
  const status = settled ?? STATUS[type] ?? row?.status ?? 'published';
  const matchId = type === 'RequestReopened' ? null : 'matchId' in data ? data.matchId : (row?.matchId ?? null);
  return { ...of, networkId: data.networkId, memberId: data.memberId, status, content, matchId };
};
