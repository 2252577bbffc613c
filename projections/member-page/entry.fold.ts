import type { Recorded } from '#kernel/message';
import type { MemberId, NetworkId } from '#domain/ids';
import type { OfferEvent } from '#domain/offer/offer.events';
import type { RequestEvent } from '#domain/request/request.events';
import type { OfferContent, RequestContent } from '#domain/vocabulary';

type UncontestedStatus = 'draft' | 'published' | 'paused' | 'review-due' | 'lapsed' | 'withdrawn' | 'taken-down' | 'matched' | 'met';
export type EntryStatus = UncontestedStatus | 'contested';

/** One's own offer or request, drafts and ended ones too. */
export interface EntryRow {
  readonly kind: 'offer' | 'request';
  readonly id: string;
  readonly networkId: NetworkId;
  readonly memberId: MemberId;
  readonly status: EntryStatus;
  /** What it is beside a contest, and will be again where it is kept. */
  readonly standing: UncontestedStatus;
  readonly content: OfferContent | RequestContent;
  readonly matchId: string | null;
}

type EntryEvent = Recorded<OfferEvent | RequestEvent>;

/** A request that a match holds stays held while its author confirms it, pauses it and resumes it (§3). */
const standingAfter = (event: EntryEvent, before: UncontestedStatus): UncontestedStatus => {
  switch (event.type) {
    case 'OfferDrafted':
    case 'RequestDrafted':
      return 'draft';
    case 'OfferPublished':
    case 'OfferConfirmed':
    case 'OfferResumed':
    case 'RequestPublished':
      return 'published';
    case 'RequestConfirmed':
      return before === 'matched' ? 'matched' : 'published';
    case 'RequestResumed':
      return event.data.heldBy === null ? 'published' : 'matched';
    case 'RequestReopened':
      return before === 'paused' ? 'paused' : 'published';
    case 'OfferReviewDue':
    case 'RequestReviewDue':
      return 'review-due';
    case 'OfferLapsed':
    case 'RequestLapsed':
      return 'lapsed';
    case 'OfferPaused':
    case 'RequestPaused':
      return 'paused';
    case 'OfferWithdrawn':
    case 'RequestWithdrawn':
      return 'withdrawn';
    case 'RequestMatched':
      return 'matched';
    case 'RequestMet':
      return 'met';
    case 'OfferContestSettled':
    case 'RequestContestSettled':
      return event.data.outcome === 'kept' ? before : 'taken-down';
    case 'OfferRevised':
    case 'OfferContested':
    case 'RequestRevised':
    case 'RequestContested':
      return before;
  }
};

const ENDED: readonly UncontestedStatus[] = ['lapsed', 'withdrawn', 'taken-down', 'met'];

const isContested = ({ type }: EntryEvent, row: EntryRow | undefined): boolean => {
  if (type === 'OfferContested' || type === 'RequestContested') return true;
  return type !== 'OfferContestSettled' && type !== 'RequestContestSettled' && row?.status === 'contested';
};

/** The entry after one event. */
export const foldEntry = (row: EntryRow | undefined, event: EntryEvent): EntryRow | null => {
  const { type, data } = event;
  const content = 'content' in data ? data.content : row?.content;
  if (!content) return null;
  const [kind, id] = 'offerId' in data ? (['offer', data.offerId] as const) : (['request', data.requestId] as const);
  const standing = standingAfter(event, row?.standing ?? 'published');
  const status = isContested(event, row) && !ENDED.includes(standing) ? 'contested' : standing;
  const matchId = type === 'RequestReopened' ? null : 'matchId' in data ? data.matchId : (row?.matchId ?? null);
  return { kind, id, networkId: data.networkId, memberId: data.memberId, status, standing, content, matchId };
};
