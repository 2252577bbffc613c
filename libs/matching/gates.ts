import type { UnmatchedReason } from '#domain/round/round.events';
import { onSite } from './fit';
import type { Market } from './market';
import { isPair } from './pairs';

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

/** The place of a gate, in the order in which they are passed. */
export const gateNumber = (reason: UnmatchedReason): number => gates.indexOf(reason);
const own = gateNumber('only-own-offers');
const level = gateNumber('level-too-low');
const language = gateNumber('no-common-language');
const place = gateNumber('no-common-place');
const availability = gateNumber('no-common-availability');
const forbidden = gateNumber('pair-forbidden');
const resting = gateNumber('pair-resting');
const capacity = gateNumber('givers-at-capacity');
/** Past every gate that the inputs alone keep: what is left depends on who else is matched. */
export const eligible = gateNumber('group-too-small');

/** Ways in which the two can meet: on a site that both name, or from afar. */
export const commonPlaces = ({ offer, request }: Market, given: number, sought: number): number => {
  const common = offer.places[given]! & request.places[sought]!;
  return offer.site[given] !== 0 && offer.site[given] === request.site[sought] ? common : common & ~onSite;
};

export const commonHalfDays = ({ offer, request }: Market, given: number, sought: number): number =>
  offer.halfDays[given]! & request.halfDays[sought]!;

/** The first gates, which ask what many offers have in common: `eligible` where all are passed. */
export const gateOfAlike = (market: Market, given: number, sought: number): number => {
  const { offer, request } = market;
  if (offer.level[given]! < request.level[sought]!) return level;
  if (offer.language[given] !== request.language[sought]) return language;
  return commonPlaces(market, given, sought) === 0 ? place : eligible;
};

/** Those that ask about the two themselves. */
export const gateOfPair = (market: Market, given: number, sought: number): number => {
  const { offer, request } = market;
  if ((offer.halfDays[given]! & request.halfDays[sought]!) === 0) return availability;
  const [giver, learner] = [offer.member[given]!, request.member[sought]!];
  if (isPair(market.forbidden, learner, giver)) return forbidden;
  if (isPair(market.resting, learner, giver)) return resting;
  return market.places[giver]! > 0 ? eligible : capacity;
};

/** The gate that stops this offer, of the same topic, for this request, or `eligible`. */
export const gateOf = (market: Market, given: number, sought: number): number => {
  if (market.offer.member[given] === market.request.member[sought]) return own;
  const gate = gateOfAlike(market, given, sought);
  return gate === eligible ? gateOfPair(market, given, sought) : gate;
};
