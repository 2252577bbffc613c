import type { FoundMatch, ScoreParts } from '#domain/round/round.events';
import type { RequestId } from '#domain/ids';
import { bendCount } from '../bending/bends';
import { totalOf, weights, type Parts } from '../fit';
import { bentBy } from '../gates';
import type { ArcColumns } from '../optimum/assignment-problem';
import { isPair } from '../pairs';
import { partsOf } from '../score';
import type { Market } from '../market';
import type { Decided, Learning, ProposalExplained } from './explanation';
import type { SeatedRound } from './seated-round';

interface Weighing {
  readonly seated: SeatedRound;
  readonly arcs: ArcColumns;
}

const scoreOf = (market: Market, given: number, sought: number): ScoreParts => {
  const parts = partsOf(market, given, sought);
  return { ...parts, total: totalOf(parts) };
};

/** The cheapest offer of another giver; what a round pays for a pair is the less, the better it fits. */
const nextBest = ({ seated, arcs }: Weighing, given: number, sought: number): number => {
  const { offer } = seated.search.market;
  let [best, least] = [-1, Infinity];
  for (let at = arcs.first[sought]!; at < arcs.first[sought + 1]!; at += 1) {
    const other = arcs.offer[at]!;
    if (offer.member[other] === offer.member[given] || arcs.cost[at]! >= least) continue;
    [best, least] = [other, arcs.cost[at]!];
  }
  return best;
};

/** The part that brings most of the difference. */
const decisivePart = (score: Parts, other: Parts): keyof Parts => {
  const parts = Object.keys(weights) as (keyof Parts)[];
  const gain = (part: keyof Parts): number => weights[part] * (score[part] - other[part]);
  return parts.reduce((most, part) => (gain(part) > gain(most) ? part : most));
};

interface Pairing {
  readonly given: number;
  readonly sought: number;
  readonly score: ScoreParts;
}

/** Why the other offer, which fits no worse, is not the one. */
const inSpiteOf = ({ seated }: Weighing, own: Pairing, rival: Pairing): Decided => {
  const { market } = seated.search;
  const [giver, another] = [market.offer.member[own.given]!, market.offer.member[rival.given]!];
  const learner = market.request.member[own.sought]!;
  if (market.offers[rival.given]!.smallestGroup > 1 && !seated.groups.has(rival.given)) return 'starts-a-group';
  if (seated.free[another]! <= 0) return 'needed-elsewhere';
  if (isPair(market.metBefore, learner, another) && !isPair(market.metBefore, learner, giver)) return 'new-acquaintance';
  const load = (member: number): number => market.engaged[member]! + market.places[member]! - seated.free[member]!;
  return load(giver) <= load(another) ? 'load' : 'draw';
};

const decidedBy = (weighing: Weighing, own: Pairing, rival: Pairing): Decided => {
  const { market } = weighing.seated.search;
  const bends = ({ given, sought }: Pairing): number => bendCount(bentBy(market, given, sought));
  if (bends(own) < bends(rival)) return 'bends-less';
  return own.score.total > rival.score.total ? decisivePart(own.score, rival.score) : inSpiteOf(weighing, own, rival);
};

const learningOf = (weighing: Weighing, given: number, sought: number): Learning => {
  const { market } = weighing.seated.search;
  const [score, other] = [scoreOf(market, given, sought), nextBest(weighing, given, sought)];
  const own = { requestId: market.requests[sought]!.requestId, offerId: market.offers[given]!.offerId, score };
  if (other < 0) return { ...own, alternative: null, decided: 'only-offer' };
  const rival = scoreOf(market, other, sought);
  const { offerId, memberId } = market.offers[other]!;
  const alternative = { offerId, memberId, score: rival };
  return { ...own, alternative, decided: decidedBy(weighing, { given, sought, score }, { given: other, sought, score: rival }) };
};

/** Each match, with what its learners would have had instead. */
export const proposalsExplained = (weighing: Weighing, matches: readonly FoundMatch[]): readonly ProposalExplained[] => {
  const { market } = weighing.seated.search;
  const offers = new Map<string, number>(market.offers.map(({ offerId }, given) => [offerId, given]));
  const requests = new Map<RequestId, number>(market.requests.map(({ requestId }, sought) => [requestId, sought]));
  return matches.map(({ matchId, participants }) => {
    const given = participants.flatMap((place) => (place.role === 'giver' ? [offers.get(place.offerId)!] : []))[0]!;
    const sought = participants.flatMap((place) => (place.role === 'learner' ? [requests.get(place.requestId)!] : []));
    return { matchId, learners: sought.map((each) => learningOf(weighing, given, each)) };
  });
};
