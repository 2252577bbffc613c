import type { Instant } from '#kernel/id';
import type { DueTimes } from '#kernel/process';
import type { OfferId, RequestId } from '#domain/ids';
import type { SentCommand } from '#domain/catalogue';
import { isDue, type Fact, type SavoirsProcess } from './process-types';

type OfferFact =
  | 'OfferPublished'
  | 'OfferReviewDue'
  | 'OfferConfirmed'
  | 'OfferLapsed'
  | 'OfferPaused'
  | 'OfferResumed'
  | 'OfferWithdrawn'
  | 'OfferContestSettled';
type RequestFact =
  | 'RequestPublished'
  | 'RequestReviewDue'
  | 'RequestConfirmed'
  | 'RequestLapsed'
  | 'RequestPaused'
  | 'RequestResumed'
  | 'RequestWithdrawn'
  | 'RequestContestSettled'
  | 'RequestMatched'
  | 'RequestMet'
  | 'RequestReopened';

interface ReviewRow {
  readonly review: Instant | null;
  readonly lapse: Instant | null;
}

const NONE: ReviewRow = { review: null, lapse: null };

/** The windows after a fact; null where it moves none. */
const windows = (event: Fact<OfferFact | RequestFact>): ReviewRow | null => {
  switch (event.type) {
    case 'OfferPublished':
    case 'OfferConfirmed':
    case 'OfferResumed':
    case 'RequestPublished':
    case 'RequestConfirmed':
    case 'RequestReopened':
      return { review: event.data.reviewDueAt, lapse: null };
    case 'RequestResumed':
      return event.data.heldBy === null ? { review: event.data.reviewDueAt, lapse: null } : NONE;
    case 'OfferReviewDue':
    case 'RequestReviewDue':
      return { review: null, lapse: event.data.lapseAt };
    case 'OfferContestSettled':
    case 'RequestContestSettled':
      return event.data.outcome === 'kept' ? null : NONE;
    case 'OfferLapsed':
    case 'OfferPaused':
    case 'OfferWithdrawn':
    case 'RequestLapsed':
    case 'RequestPaused':
    case 'RequestWithdrawn':
    case 'RequestMatched':
    case 'RequestMet':
      return NONE;
  }
};

const follow = (row: ReviewRow | undefined, event: Fact<OfferFact | RequestFact>): { row: ReviewRow; due?: DueTimes } => {
  const moved = windows(event);
  return moved ? { row: moved, due: { review: moved.review, lapse: moved.lapse } } : { row: row ?? NONE };
};

/** §3: an offer is called to review after twelve months and lapses thirty days later, unless confirmed. */
export const offerReviews: SavoirsProcess<OfferFact, ReviewRow> = {
  name: 'offer-reviews',
  version: 1,
  handles: {
    OfferPublished: true,
    OfferReviewDue: true,
    OfferConfirmed: true,
    OfferLapsed: true,
    OfferPaused: true,
    OfferResumed: true,
    OfferWithdrawn: true,
    OfferContestSettled: true,
  },
  keys: ({ data }) => [data.offerId],
  evolve: follow,
  react: ({ review, lapse }, cause, key) => {
    if (!isDue(cause)) return [];
    const offerId = key as OfferId;
    if (cause.name === 'review') return review === null ? [] : [{ type: 'CallOfferReview', data: { offerId, reviewDueAt: review } }];
    return lapse === null ? [] : [{ type: 'LapseOffer', data: { offerId, lapseAt: lapse } }];
  },
};

/** The same for requests, whose window rests while they are matched. */
export const requestReviews: SavoirsProcess<RequestFact, ReviewRow> = {
  name: 'request-reviews',
  version: 1,
  handles: {
    RequestPublished: true,
    RequestReviewDue: true,
    RequestConfirmed: true,
    RequestLapsed: true,
    RequestPaused: true,
    RequestResumed: true,
    RequestWithdrawn: true,
    RequestContestSettled: true,
    RequestMatched: true,
    RequestMet: true,
    RequestReopened: true,
  },
  keys: ({ data }) => [data.requestId],
  evolve: follow,
  react: ({ review, lapse }, cause, key): readonly SentCommand[] => {
    if (!isDue(cause)) return [];
    const requestId = key as RequestId;
    if (cause.name === 'review') return review === null ? [] : [{ type: 'CallRequestReview', data: { requestId, reviewDueAt: review } }];
    return lapse === null ? [] : [{ type: 'LapseRequest', data: { requestId, lapseAt: lapse } }];
  },
};
