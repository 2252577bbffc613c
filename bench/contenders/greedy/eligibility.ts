import { isPair } from '#matching/pairs';
import { onSite } from '#matching/fit';
import { eligible, gateNumber } from '#matching/gates';
import { bucketOf, type Bucket, type Market, type RequestSide } from './market';

const own = gateNumber('only-own-offers');
const level = gateNumber('level-too-low');
const language = gateNumber('no-common-language');
const place = gateNumber('no-common-place');
const availability = gateNumber('no-common-availability');
const forbidden = gateNumber('pair-forbidden');
const resting = gateNumber('pair-resting');
const capacity = gateNumber('givers-at-capacity');
interface Meeting {
  readonly places: number;
  readonly site: number;
}

/** Ways in which the two can meet: on a site that both name, or from afar. */
export const commonPlaces = (offer: Meeting, request: Meeting): number => {
  const common = offer.places & request.places;
  return offer.site !== 0 && offer.site === request.site ? common : common & ~onSite;
};

/** The gate that stops the offer at this place of its bucket for this request, or `eligible`. */
export const gateOf = (market: Market, bucket: Bucket, at: number, request: RequestSide): number => {
  const giver = bucket.member[at] ?? -1;
  if (giver === request.member) return own;
  if ((bucket.level[at] ?? 0) < request.level) return level;
  if (bucket.language[at] !== request.language) return language;
  const common = (bucket.places[at] ?? 0) & request.places;
  const sameSite = request.site !== 0 && bucket.site[at] === request.site;
  if ((sameSite ? common : common & ~onSite) === 0) return place;
  if (((bucket.halfDays[at] ?? 0) & request.halfDays) === 0) return availability;
  if (isPair(market.forbidden, request.member, giver)) return forbidden;
  if (isPair(market.resting, request.member, giver)) return resting;
  return (market.places[giver] ?? 0) > 0 ? eligible : capacity;
};

const emptyBucket = bucketOf([]);

export const offersFor = (market: Market, request: RequestSide): Bucket => market.buckets.get(request.input.topicKey) ?? emptyBucket;
