import type { ScoreParts } from '#domain/round/round.events';
import { bendsIn, halfDaysBit } from './bending/bends';
import {
  availabilityFit,
  bitCount,
  distanceFit,
  levelFit,
  mostWaitedDays,
  onSite,
  remote,
  round4,
  tenThousandths,
  topicFit,
  totalOf,
  weights,
  type Parts,
} from './fit';
import { bentByAlike, commonPlaces } from './gates';
import type { Grouped, Market } from './market';
import { stepsApart } from './topics-met';
import { isPair } from './pairs';

/** Whether the giver seeks something that the learner offers. */
const seeksFrom = ({ offered, sought }: Market, giver: number, learner: number): boolean => {
  for (let at = offered.first[learner]!; at < offered.first[learner + 1]!; at += 1)
    for (let other = sought.first[giver]!; other < sought.first[giver + 1]!; other += 1)
      if (offered.values[at] === sought.values[other]) return true;
  return false;
};

const offersWanted = ({ offered, wanted }: Market, learner: number): boolean => {
  for (let at = offered.first[learner]!; at < offered.first[learner + 1]!; at += 1) if (wanted[offered.values[at]!] === 1) return true;
  return false;
};

/** Open reciprocity: 1 where each has what the other seeks, one half where the learner offers what somebody seeks. Never a condition (R3). */
const reciprocity = (market: Market, giver: number, learner: number): number =>
  seeksFrom(market, giver, learner) ? 1 : offersWanted(market, learner) ? 0.5 : 0;

/** Of an offer and a request that passed the gates. */
export const partsOf = (market: Market, given: number, sought: number): Parts => {
  const { offer, request } = market;
  return {
    topic: topicFit(offer.uri[given] !== 0 && offer.uri[given] === request.uri[sought], stepsApart(market, given, sought)),
    level: levelFit(offer.level[given]! - request.level[sought]!),
    // A common language is a gate: past it, there is no more or less.
    language: 1,
    distance: distanceFit(commonPlaces(market, given, sought), (offer.places[given]! & request.places[sought]! & onSite) === 0),
    availability: availabilityFit(offer.halfDays[given]!, request.halfDays[sought]!),
    reciprocity: reciprocity(market, offer.member[given]!, request.member[sought]!),
    waiting: market.waiting[sought]! / 10_000,
  };
};

/** A group's parts are the means of its learners'. */
export const meanScore = (all: readonly Parts[]): ScoreParts => {
  const mean = (part: keyof Parts): number => round4(all.reduce((sum, parts) => sum + parts[part], 0) / all.length);
  const parts: Parts = {
    topic: mean('topic'),
    level: mean('level'),
    language: mean('language'),
    distance: mean('distance'),
    availability: mean('availability'),
    reciprocity: mean('reciprocity'),
    waiting: mean('waiting'),
  };
  return { ...parts, total: totalOf(parts) };
};

export const groupScore = (market: Market, given: number, sought: readonly number[]): ScoreParts =>
  meanScore(sought.map((request) => partsOf(market, given, request)));

/** A score of 1 costs so much less than one of 0. */
const dearest = 10_000;

/** What a pair costs: the more, the less it fits; the same as its score says, to the ten-thousandth, by how long the request has waited, what it bends and whether the two met before; without an object a pair. */
export interface Costs {
  /** What an offer and all that are alike in what the first gates ask bring to the score. */
  readonly alike: (given: number, sought: number) => number;
  readonly of: (alike: number, given: number, sought: number) => number;
  /** Less than what any pair of those costs, or as much. */
  readonly least: (alike: number, sought: number) => number;
}

const weighed = (part: keyof Parts, value: number): number => weights[part] * tenThousandths(value);

/** What a day of waiting spares, beyond what the score shows: nobody waits for ever (`check fairness`). */
const perDay = 40;

/**
 * What bending costs, beside the part of the score that is lost: so much that nobody bends who could be served about as well without, and no
 * more, so that whoever must bend is not overtaken for ever by those who need not (`check fairness` found both limits).
 */
const prices = { topic: 1_500, level: 1_500, place: 3_000, 'half-days': 3_000 } as const;
const bendPrices = Int32Array.from({ length: 16 }, (_, bent) => bendsIn(bent).reduce((sum, bend) => sum + prices[bend], 0));

/** What it costs that two met before: half of an engagement's load, so that new acquaintances are made where all else is alike. */
const perAgain = 50;

const costOf = (sum: number): number => dearest + perDay * mostWaitedDays - Math.round(sum / 100);

/**
 * No pair costs more: one that fits in nothing, bends all three gates, and met before. One on a near topic bends a fourth, and costs no more, since
 * language and topic then bring more to its score than that.
 */
export const dearestPair = costOf(0) + bendPrices[7]! + perAgain;

/** How much half-days bring, by how many both have and how many the shorter list has. */
const byHalfDays = Int32Array.from({ length: 11 * 11 }, (_, index) => {
  const [both, shorter] = [Math.floor(index / 11), index % 11];
  return shorter === 0 ? 0 : weighed('availability', round4(both / shorter));
});

const alikeIn = (market: Market): Costs['alike'] => {
  const { offer, request, waiting, waitedDays } = market;
  const sameTopic = weighed('topic', topicFit(true));
  const topic = [0, 1, 2].map((steps) => weighed('topic', topicFit(false, steps)));
  const level = [-1, 0, 1, 2].map((above) => weighed('level', levelFit(above)));
  const near = weighed('distance', distanceFit(onSite, false));
  const far = [false, true].map((byWish) => weighed('distance', distanceFit(remote, byWish)));
  return (given, sought) => {
    const bothOnSite = (offer.places[given]! & request.places[sought]! & onSite) !== 0;
    const common = commonPlaces(market, given, sought);
    const sameUri = offer.uri[given] !== 0 && offer.uri[given] === request.uri[sought];
    return (
      (sameUri ? sameTopic : topic[stepsApart(market, given, sought)]!) +
      level[offer.level[given]! - request.level[sought]! + 1]! +
      weights.language * dearest +
      (common === 0 ? 0 : (common & onSite) !== 0 ? near : far[bothOnSite ? 0 : 1]!) +
      weights.waiting * waiting[sought]! +
      100 * perDay * waitedDays[sought]! -
      100 * bendPrices[bentByAlike(market, given, sought)]!
    );
  };
};

/** By member, a bit for each of their topics, of 32: members without one in common have no topic in common, and most have none. */
const marksOf = ({ first, values }: Grouped, members: Int32Array): Int32Array =>
  Int32Array.from(members, (member) => {
    let marks = 0;
    for (let at = first[member]!; at < first[member + 1]!; at += 1) marks |= 1 << (values[at]! & 31);
    return marks;
  });

export const costs = (market: Market): Costs => {
  const { offer, request, metBefore } = market;
  const [seeks, gives] = [marksOf(market.sought, offer.member), marksOf(market.offered, request.member)];
  const apart = bendPrices[market.kept.soft & halfDaysBit]!;
  const halfReciprocal = Uint8Array.from(request.member, (learner) => (offersWanted(market, learner) ? 1 : 0));
  const reciprocal = (given: number, sought: number): number => {
    if (halfReciprocal[sought] === 0) return 0;
    if ((seeks[given]! & gives[sought]!) === 0) return dearest / 2;
    return seeksFrom(market, offer.member[given]!, request.member[sought]!) ? dearest : dearest / 2;
  };
  return {
    alike: alikeIn(market),
    of: (alike, given, sought) => {
      const [one, other] = [offer.halfDays[given]!, request.halfDays[sought]!];
      const halfDays = byHalfDays[bitCount(one & other) * 11 + Math.min(bitCount(one), bitCount(other))]!;
      const again = isPair(metBefore, request.member[sought]!, offer.member[given]!) ? perAgain : 0;
      return costOf(alike + halfDays + weights.reciprocity * reciprocal(given, sought)) + ((one & other) === 0 ? apart : 0) + again;
    },
    least: (alike, sought) => costOf(alike + weights.availability * dearest + weights.reciprocity * dearest * halfReciprocal[sought]!),
  };
};
