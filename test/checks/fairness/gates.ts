import type { MatchingGates } from '#domain/network/policy';
import type { Level } from '#domain/vocabulary';
import type { OfferInput, RequestInput, RoundInputs } from '#matching/round-inputs';

/** An offer that could serve a request by the gates, and how well it would: whole, up to 100. */
export interface Pair {
  readonly offer: OfferInput;
  readonly request: RequestInput;
  readonly fit: number;
}

const LEVELS: readonly Level[] = ['beginner', 'practised', 'advanced'];
const above = (offer: OfferInput, request: RequestInput): number => LEVELS.indexOf(offer.level) - LEVELS.indexOf(request.level);

const canMeet = (offer: OfferInput, request: RequestInput): boolean =>
  (offer.place !== 'site' && request.place !== 'site') ||
  (offer.place !== 'remote' && request.place !== 'remote' && offer.site === request.site);

const shareTime = (offer: OfferInput, request: RequestInput): boolean =>
  offer.availability.length === 0 ||
  request.availability.length === 0 ||
  offer.availability.some((half) => request.availability.includes(half));

const pairKey = (one: string, other: string): string => [one, other].sort().join(' ');

export const nothingBends: MatchingGates = { place: 'hard', halfDays: 'hard', level: 'hard' };

/** Whether the two would have to agree on something that they did not write. */
export const isBent = (offer: OfferInput, request: RequestInput): boolean =>
  !shareTime(offer, request) || !canMeet(offer, request) || above(offer, request) < 0;

/** Past the gates that are hard; never two levels below. */
const mayMeet = (offer: OfferInput, request: RequestInput, { place, halfDays, level }: MatchingGates): boolean =>
  (place !== 'hard' || canMeet(offer, request)) &&
  (halfDays !== 'hard' || shareTime(offer, request)) &&
  above(offer, request) >= (level === 'hard' ? 0 : -1);

/** Written from the rules, for policies that are simple: R7, R11, R16. The product has its own. */
export const pairsIn = ({ offers, requests, pairs, asOf }: RoundInputs, gates: MatchingGates = nothingBends): readonly Pair[] => {
  const resting = new Set(
    pairs.filter(({ restUntil }) => restUntil !== null && restUntil > asOf).map(({ members }) => pairKey(members[0], members[1])),
  );
  const byTopic = new Map<string, OfferInput[]>();
  for (const offer of offers) byTopic.set(offer.topicKey, [...(byTopic.get(offer.topicKey) ?? []), offer]);
  return requests.flatMap((request) =>
    (byTopic.get(request.topicKey) ?? [])
      .filter((offer) => offer.memberId !== request.memberId && offer.language === request.language && mayMeet(offer, request, gates))
      .filter((offer) => !resting.has(pairKey(offer.memberId, request.memberId)))
      .map((offer) => ({ offer, request, fit: 60 - 20 * above(offer, request) + (offer.site === request.site ? 40 : 0) })),
  );
};
