import type { Instant } from '#kernel/id';
import type { Personal, Recorded } from '#kernel/message';
import type { MemberId, NetworkId } from '#domain/ids';
import type { OfferEvent } from '#domain/offer/offer.events';
import type { RequestEvent } from '#domain/request/request.events';
import type { Bend, HalfDay, Language, Level, OfferContent, PlaceOfExchange, RequestContent } from '#domain/vocabulary';

export interface PoolEntry {
  readonly kind: 'offer' | 'request';
  readonly id: string;
  readonly networkId: NetworkId;
  readonly memberId: MemberId;
  readonly topicUri: string | null;
  /** Where no URI was chosen, the words themselves stand for the topic; a reference here, as everywhere. */
  readonly topicText: Personal;
  readonly level: Level;
  readonly language: Language;
  readonly place: PlaceOfExchange;
  readonly site: string | null;
  readonly availability: readonly HalfDay[];
  /** What its author will not have bent. */
  readonly firm: readonly Bend[];
  readonly smallestGroup: number;
  readonly largestGroup: number;
  /** First publication: a request's age counts from here. */
  readonly openSince: Instant;
  readonly paused: boolean;
  readonly contested: boolean;
  readonly matched: boolean;
  /** Lapsed, withdrawn, met or taken down. The row stays: what a round read last must be named even when it was an end (R18). */
  readonly over: boolean;
}

type Content = OfferContent | RequestContent;
type Event = Recorded<OfferEvent | RequestEvent>;

const published = (row: PoolEntry | undefined, { data, meta }: Event, content: Content): PoolEntry => ({
  kind: 'offerId' in data ? 'offer' : 'request',
  id: 'offerId' in data ? data.offerId : data.requestId,
  networkId: data.networkId,
  memberId: data.memberId,
  topicUri: content.topic.uri,
  topicText: content.topic.text,
  level: content.level,
  language: content.language,
  place: content.place,
  site: content.site,
  availability: content.availability,
  firm: content.firm ?? [],
  smallestGroup: 'smallestGroup' in content ? content.smallestGroup : 1,
  largestGroup: 'largestGroup' in content ? content.largestGroup : 1,
  openSince: row?.openSince ?? meta.occurredAt,
  paused: false,
  contested: false,
  matched: false,
  over: false,
});

const revised = (row: PoolEntry, event: Event, content: Content): PoolEntry => {
  const { paused, contested, matched, over } = row;
  return { ...published(row, event, content), paused, contested, matched, over };
};

/** An offer or a request as a round may pair it. */
export const foldEntry = (row: PoolEntry | undefined, event: Event): PoolEntry | null => {
  if (event.type === 'OfferPublished' || event.type === 'RequestPublished') return published(row, event, event.data.content);
  if (!row) return null;
  switch (event.type) {
    case 'OfferRevised':
    case 'RequestRevised':
      return revised(row, event, event.data.content);
    case 'OfferPaused':
    case 'RequestPaused':
      return { ...row, paused: true };
    case 'OfferResumed':
      return { ...row, paused: false };
    // §3: a match that holds it goes on holding it.
    case 'RequestResumed':
      return { ...row, paused: false, matched: event.data.heldBy !== null };
    case 'OfferContested':
    case 'RequestContested':
      return { ...row, contested: true };
    case 'OfferContestSettled':
    case 'RequestContestSettled':
      return event.data.outcome === 'kept' ? { ...row, contested: false } : { ...row, over: true };
    case 'RequestMatched':
      return { ...row, matched: true };
    case 'RequestReopened':
      return { ...row, matched: false };
    case 'OfferLapsed':
    case 'OfferWithdrawn':
    case 'RequestLapsed':
    case 'RequestWithdrawn':
    case 'RequestMet':
      return { ...row, over: true };
    case 'OfferDrafted':
    case 'OfferReviewDue':
    case 'OfferConfirmed':
    case 'RequestDrafted':
    case 'RequestReviewDue':
    case 'RequestConfirmed':
      return row;
  }
};
