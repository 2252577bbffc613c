import type { UnmatchedReason } from '#domain/round/round.events';
import { anyHalfDay, onSite, remote } from '../fit';
import { eligible, gateNumber, gateOf } from '../gates';
import type { LeftUnmatched } from '../matcher';
import { compare, type RoundInputs } from '../round-inputs';
import type { Offered, Remedy, UnmatchedExplained } from './explanation';
import { eachOfferFor } from '../market';
import type { SeatedRound } from './seated-round';
import { trialOf, type Trial } from './trial';

/** What remedies are judged by, once a round. */
export interface Judging {
  readonly seated: SeatedRound;
  readonly trial: Trial;
  /** By request: as many givers as would serve those that wait for the same. */
  readonly givers: (sought: number) => Remedy;
  /** By pair of members, until when it rests. */
  readonly rests: ReadonlyMap<string, RoundInputs['asOf']>;
}

type Try = (judging: Judging, sought: number) => Remedy | null;

const openHalfDays: Try = ({ trial }, sought) => (trial.wouldServe(sought, 'halfDays', anyHalfDay) ? { kind: 'open-half-days' } : null);

const otherPlace: Try = ({ trial }, sought) => (trial.wouldServe(sought, 'places', onSite | remote) ? { kind: 'other-place' } : null);

const lowerLevel: Try = ({ trial, seated }, sought) => {
  const level = seated.search.market.request.level[sought]!;
  return level > 0 && trial.wouldServe(sought, 'level', level - 1) ? { kind: 'lower-level' } : null;
};

const authorReturns: Try = ({ trial }, sought) => ({ kind: trial.wouldServe(sought, 'available', 1) ? 'author-returns' : 'nothing' });

/** Offers on its topic, or near it, that one gate stops, or none. */
const offersAt = ({ search: { market } }: SeatedRound, sought: number, gate: number): readonly number[] => {
  const stopped: number[] = [];
  eachOfferFor(market, market.request.topic[sought]!, (given) => void (gateOf(market, given, sought) === gate && stopped.push(given)));
  return stopped;
};

const beginsWithOne = ({ search }: SeatedRound, given: number): boolean => search.market.offers[given]!.smallestGroup === 1;

const hasRoom = ({ trial, seated }: Judging, given: number): boolean => trial.room[seated.search.market.offer.member[given]!] === 1;

const pairKey = (one: string, other: string): string => (one < other ? `${one} ${other}` : `${other} ${one}`);

const wait: Try = (judging, sought) => {
  const { seated, rests } = judging;
  const { offers, requests } = seated.search.market;
  const [until] = offersAt(seated, sought, gateNumber('pair-resting'))
    .filter((given) => beginsWithOne(seated, given) && hasRoom(judging, given))
    .flatMap((given) => rests.get(pairKey(requests[sought]!.memberId, offers[given]!.memberId)) ?? [])
    .sort(compare);
  return until === undefined ? null : { kind: 'wait', until };
};

const leastOf = ({ search }: SeatedRound, given: readonly number[], rank: (given: number) => number): Offered | null => {
  const { offers } = search.market;
  const [least] = [...given].sort((a, b) => rank(a) - rank(b) || compare(offers[a]!.offerId, offers[b]!.offerId));
  if (least === undefined) return null;
  const { offerId, memberId } = offers[least]!;
  return { offerId, memberId };
};

/** Of givers who have no place left, the one who is asked least. */
const capacity: Try = ({ seated }, sought) => {
  const { market } = seated.search;
  const full = ['givers-at-capacity' as const, 'others-came-first' as const].flatMap((reason) =>
    offersAt(seated, sought, reason === 'others-came-first' ? eligible : gateNumber(reason)),
  );
  const asked = (given: number): number => market.engaged[market.offer.member[given]!]! + market.places[market.offer.member[given]!]!;
  const offered = leastOf(
    seated,
    full.filter((given) => beginsWithOne(seated, given)),
    asked,
  );
  return offered && { kind: 'capacity', ...offered };
};

const smallerGroup: Try = (judging, sought) => {
  const { seated } = judging;
  const waiting = offersAt(seated, sought, eligible).filter((given) => !beginsWithOne(seated, given) && hasRoom(judging, given));
  const offered = leastOf(seated, waiting, (given) => seated.search.market.offers[given]!.smallestGroup);
  return offered && { kind: 'smaller-group', ...offered };
};

const moreGivers: Try = ({ givers }, sought) => givers(sought);

/** What is tried first for what stopped the request. */
const first: Partial<Record<UnmatchedReason, Try>> = {
  'author-unavailable': authorReturns,
  'no-offer-on-topic': moreGivers,
  'only-own-offers': moreGivers,
  'level-too-low': lowerLevel,
  'no-common-place': otherPlace,
  'no-common-availability': openHalfDays,
  'pair-resting': wait,
  'givers-at-capacity': capacity,
  'group-too-small': smallerGroup,
};

/** From what the author decides alone to what takes somebody who is not there yet. */
const next: readonly Try[] = [openHalfDays, otherPlace, smallerGroup, capacity, wait, lowerLevel, moreGivers];

const remedyFor = (judging: Judging, sought: number, reason: UnmatchedReason): Remedy => {
  const fitting = first[reason];
  for (const attempt of fitting ? [fitting, ...next] : next) {
    const remedy = attempt(judging, sought);
    if (remedy) return remedy;
  }
  return { kind: 'nothing' };
};

export const judgingOf = (seated: SeatedRound, inputs: RoundInputs, givers: Judging['givers']): Judging => ({
  seated,
  trial: trialOf(seated),
  givers,
  rests: new Map(inputs.pairs.flatMap(({ members: [one, other], restUntil }) => (restUntil ? [[pairKey(one, other), restUntil]] : []))),
});

/** Each request that was left, with what would change it: true when it is tried. */
export const unmatchedExplained = (judging: Judging, left: readonly LeftUnmatched[]): readonly UnmatchedExplained[] => {
  const { requests } = judging.seated.search.market;
  const numbers = new Map(requests.map(({ requestId }, sought) => [requestId, sought]));
  return left.map(({ requestId, reason }) => ({ requestId, reason, remedy: remedyFor(judging, numbers.get(requestId)!, reason) }));
};
