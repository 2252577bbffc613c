import type { ScoreParts } from '#domain/round/round.events';
import { commonPlaces } from './eligibility';
import { availabilityFit, distanceFit, levelFit, onSite, topicFit, totalOf, type Parts } from '#matching/fit';
import { meanScore } from '#matching/score';
import type { Bucket, OfferSide, RequestSide } from './market';

/** Open reciprocity: 1 where each has what the other seeks, one half where the learner offers what somebody seeks. Never a condition (R3). */
const reciprocity = (giver: number, { wantedBy }: RequestSide): number => {
  for (const seekers of wantedBy) if (seekers.has(giver)) return 1;
  return wantedBy.length > 0 ? 0.5 : 0;
};

type Given = Pick<OfferSide, 'member' | 'level' | 'places' | 'site' | 'halfDays' | 'uri'>;

const partsOf = (offer: Given, request: RequestSide): Parts => ({
  topic: topicFit(offer.uri !== 0 && offer.uri === request.uri),
  level: levelFit(offer.level - request.level),
  // A common language is a gate: past it, there is no more or less.
  language: 1,
  distance: distanceFit(commonPlaces(offer, request), (offer.places & request.places & onSite) === 0),
  availability: availabilityFit(offer.halfDays, request.halfDays),
  reciprocity: reciprocity(offer.member, request),
  waiting: request.waiting,
});

/** The score of the offer at this place of its bucket; past the gates only. */
export const scoreAt = ({ member, level, places, site, halfDays, uri }: Bucket, at: number, request: RequestSide): number => {
  const column = (values: Int32Array): number => values[at] ?? 0;
  const given = {
    member: column(member),
    level: column(level),
    places: column(places),
    site: column(site),
    halfDays: column(halfDays),
    uri: column(uri),
  };
  return totalOf(partsOf(given, request));
};

export const groupScore = (offer: OfferSide, requests: readonly RequestSide[]): ScoreParts =>
  meanScore(requests.map((request) => partsOf(offer, request)));
