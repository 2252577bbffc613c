import type { UnmatchedReason } from '#domain/round/round.events';
import { stepsApart } from './topics-met';
import { halfDaysBit, levelBit, placeBit, topicBit } from './bending/bends';
import { anyHalfDay, onSite, remote } from './fit';
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
const topic = gateNumber('no-offer-on-topic');
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

/** Gates that are hard for these two: by the policy, or since one of them is firm. */
const hardFor = ({ kept, offer, request }: Market, given: number, sought: number): number =>
  kept.hard | offer.firm[given]! | request.firm[sought]!;

/** Gates that are asked of these two at all: kept, or weighed. */
const askedOf = (market: Market, given: number, sought: number): number => hardFor(market, given, sought) | market.kept.soft;

/** By how many levels an offer lies below what is asked; below 0, above it. */
const levelsBelow = ({ offer, request }: Market, given: number, sought: number): number => request.level[sought]! - offer.level[given]!;

/** Ways to meet for the two and for whoever joins them: those in common. Where they have none, the giver's: the learner bends; where nobody asks, all. */
export const waysToMeet = (market: Market, given: number, sought: number): number =>
  (askedOf(market, given, sought) & placeBit) === 0 ? onSite | remote : commonPlaces(market, given, sought) || market.offer.places[given]!;

/** Half-days for the two, by the same rule. */
export const halfDaysToMeet = (market: Market, given: number, sought: number): number =>
  (askedOf(market, given, sought) & halfDaysBit) === 0
    ? anyHalfDay
    : commonHalfDays(market, given, sought) || market.offer.halfDays[given]!;

/** What of the first gates the two bend, of those that weigh. */
export const bentByAlike = (market: Market, given: number, sought: number): number => {
  const level = levelsBelow(market, given, sought) > 0 ? levelBit : 0;
  const bent = (level | (commonPlaces(market, given, sought) === 0 ? placeBit : 0)) & market.kept.soft;
  return stepsApart(market, given, sought) > 0 ? bent | topicBit : bent;
};

/** What an offer and a request that passed the gates bend, as bits. */
export const bentBy = (market: Market, given: number, sought: number): number =>
  bentByAlike(market, given, sought) | (commonHalfDays(market, given, sought) === 0 ? halfDaysBit & market.kept.soft : 0);

/** The first gates, which ask what many offers have in common: `eligible` where all are passed. */
export const gateOfAlike = (market: Market, given: number, sought: number): number => {
  const { offer, request } = market;
  const [hard, below] = [hardFor(market, given, sought), levelsBelow(market, given, sought)];
  if ((hard & topicBit) !== 0 && stepsApart(market, given, sought) > 0) return topic;
  if (below > 1 || (below === 1 && (hard & levelBit) !== 0)) return level;
  if (offer.language[given] !== request.language[sought]) return language;
  return (hard & placeBit) !== 0 && commonPlaces(market, given, sought) === 0 ? place : eligible;
};

/** Those that ask about the two themselves. */
export const gateOfPair = (market: Market, given: number, sought: number): number => {
  const { offer, request } = market;
  if ((hardFor(market, given, sought) & halfDaysBit) !== 0 && commonHalfDays(market, given, sought) === 0) return availability;
  const [giver, learner] = [offer.member[given]!, request.member[sought]!];
  if (isPair(market.forbidden, learner, giver)) return forbidden;
  if (isPair(market.resting, learner, giver)) return resting;
  return market.places[giver]! > 0 ? eligible : capacity;
};

/** The gate that stops this offer, of the same topic or one near it, for this request, or `eligible`. */
export const gateOf = (market: Market, given: number, sought: number): number => {
  if (market.offer.member[given] === market.request.member[sought]) return own;
  const gate = gateOfAlike(market, given, sought);
  return gate === eligible ? gateOfPair(market, given, sought) : gate;
};
