import type { ScoreParts } from '#domain/round/round.events';
import type { Bend, OfferContent, RequestContent } from '#domain/vocabulary';
import {
  availabilityFit,
  distanceFit,
  halfDayBits,
  levelFit,
  levelNumber,
  onSite,
  placeBits,
  round4,
  topicFit,
  totalOf,
  type Parts,
} from '#matching/fit';

const distance = (offer: OfferContent, request: RequestContent): number => {
  const both = placeBits(offer.place) & placeBits(request.place);
  const common = offer.site !== null && offer.site === request.site ? both : both & ~onSite;
  return distanceFit(common, (both & onSite) === 0);
};

/** A person chose this pair, so nothing stops it: what does not fit scores 0. Reciprocity and waiting are a round's to weigh. */
const partsOf = (offer: OfferContent, request: RequestContent, topicSteps: number | null): Parts => {
  const above = levelNumber(offer.level) - levelNumber(request.level);
  return {
    topic: topicFit(offer.topic.uri !== null && offer.topic.uri === request.topic.uri, topicSteps ?? Infinity),
    level: levelFit(above),
    language: offer.language === request.language ? 1 : 0,
    distance: distance(offer, request),
    availability: availabilityFit(halfDayBits(offer.availability), halfDayBits(request.availability)),
    reciprocity: 0,
    waiting: 0,
  };
};

/** What such a match bends (a topic that is not near is told by its reason), whatever the policy says of rounds: a person chose it, and it is told all the same. */
export const bendsByHand = (
  offers: readonly OfferContent[],
  requests: readonly RequestContent[],
  topicSteps: number | null,
): readonly Bend[] => {
  const all = offers.flatMap((offer) => requests.map((request) => partsOf(offer, request, topicSteps)));
  const isNone = (part: keyof Parts): boolean => all.some((parts) => parts[part] === 0);
  const bends: readonly (readonly [Bend, keyof Parts])[] = [
    ['level', 'level'],
    ['place', 'distance'],
    ['half-days', 'availability'],
  ];
  const isNear = topicSteps !== null && topicSteps > 0;
  return [...(isNear ? (['topic'] as const) : []), ...bends.flatMap(([bend, part]) => (isNone(part) ? [bend] : []))];
};

/** The score of a match that people made, in the matcher's own measures: means over its pairs. */
export const scoreByHand = (
  offers: readonly OfferContent[],
  requests: readonly RequestContent[],
  topicSteps: number | null,
): ScoreParts => {
  const all = offers.flatMap((offer) => requests.map((request) => partsOf(offer, request, topicSteps)));
  const mean = (part: keyof Parts): number => round4(all.reduce((sum, parts) => sum + parts[part], 0) / all.length);
  const parts: Parts = {
    topic: mean('topic'),
    level: mean('level'),
    language: mean('language'),
    distance: mean('distance'),
    availability: mean('availability'),
    reciprocity: 0,
    waiting: 0,
  };
  return { ...parts, total: totalOf(parts) };
};
