import type { ScoreParts } from '#domain/round/round.events';
import { commonPlaces } from './eligibility';
import { availabilityFit, distanceFit, levelFit, onSite, round4, topicFit, totalOf, type Parts } from './fit';
import type { Market, OfferSide, RequestSide } from './market';

/** Open reciprocity: 1 where each has what the other seeks, one half where the learner offers what somebody seeks. Never a condition (R3). */
const reciprocity = (market: Market, giver: number, learner: number): number => {
  const offered = market.offered[learner] ?? [];
  if (offered.some((topic) => market.sought[giver]?.includes(topic))) return 1;
  return offered.some((topic) => market.soughtBySomebody.has(topic)) ? 0.5 : 0;
};

const partsOf = (market: Market, offer: OfferSide, request: RequestSide): Parts => ({
  topic: topicFit(offer.input.topicUri !== null && offer.input.topicUri === request.input.topicUri),
  level: levelFit(offer.level - request.level),
  // A common language is a gate: past it, there is no more or less.
  language: 1,
  distance: distanceFit(commonPlaces(offer, request), (offer.places & request.places & onSite) === 0),
  availability: availabilityFit(offer.halfDays, request.halfDays),
  reciprocity: reciprocity(market, offer.member, request.member),
  waiting: request.waiting,
});

export const pairScore = (market: Market, offer: OfferSide, request: RequestSide): number => totalOf(partsOf(market, offer, request));

/** A group's parts are the means of its learners'. */
export const groupScore = (market: Market, offer: OfferSide, requests: readonly RequestSide[]): ScoreParts => {
  const all = requests.map((request) => partsOf(market, offer, request));
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
