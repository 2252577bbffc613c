import type { UnmatchedReason } from '#domain/round/round.events';
import { onSite } from '#matching/fit';
import { bucketOf, isPair, type Bucket, type Market, type RequestSide } from './market';

/**
 * Why requests stay unmatched, from the first gate to the last (R18). A request's reason is the gate at which the offer
 * that came farthest was stopped.
 */
export const gates: readonly UnmatchedReason[] = [
  'no-offer-on-topic',
  'only-own-offers',
  'level-too-low',
  'no-common-language',
  'no-common-place',
  'no-common-availability',
  'pair-forbidden',
  'pair-resting',
  'givers-at-capacity',
  'group-too-small',
  'others-came-first',
];

const gate = (reason: UnmatchedReason): number => gates.indexOf(reason);
const own = gate('only-own-offers');
const level = gate('level-too-low');
const language = gate('no-common-language');
const place = gate('no-common-place');
const availability = gate('no-common-availability');
const forbidden = gate('pair-forbidden');
const resting = gate('pair-resting');
const capacity = gate('givers-at-capacity');
/** Past every gate that the inputs alone keep: what is left depends on who else is matched. */
export const eligible = gate('group-too-small');

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
