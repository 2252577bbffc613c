import type { UnmatchedReason } from '#domain/round/round.events';
import { onSite, remote } from './fit';
import { isPair, type Market, type OfferSide, type RequestSide } from './market';

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

/** Ways in which the two can meet: on a site that both name, or from afar. */
export const commonPlaces = (offer: OfferSide, request: RequestSide): number => {
  const common = offer.places & request.places;
  return offer.site !== 0 && offer.site === request.site ? common : common & ~onSite & remote;
};

/** The gate that stops this offer for this request, or `eligible`. */
export const gateOf = (market: Market, offer: OfferSide, request: RequestSide): number => {
  if (offer.member === request.member) return own;
  if (offer.level < request.level) return level;
  if (offer.language !== request.language) return language;
  if (commonPlaces(offer, request) === 0) return place;
  if ((offer.halfDays & request.halfDays) === 0) return availability;
  if (isPair(market.forbidden, request.member, offer.member)) return forbidden;
  if (isPair(market.resting, request.member, offer.member)) return resting;
  return (market.places[offer.member] ?? 0) > 0 ? eligible : capacity;
};

export const offersFor = (market: Market, request: RequestSide): readonly OfferSide[] =>
  market.offersByTopic.get(request.input.topicKey) ?? [];
