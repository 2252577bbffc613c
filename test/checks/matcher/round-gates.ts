import type { Strictness } from '#domain/network/policy';
import type { FoundMatch } from '#domain/round/round.events';
import type { Bend } from '#domain/vocabulary';
import type { RoundResult } from '#matching/matcher';
import type { OfferInput, RequestInput } from '#matching/round-inputs';
import type { DrawnRound } from './drawn-rounds';
import type { Candidate, Instance } from './instance';

const LEVELS = ['beginner', 'practised', 'advanced'] as const;
const HALF_DAYS = ['mon-am', 'tue-pm', 'fri-am'] as const;
const CAPACITY = 2;

const halfDaysOf = ({ availability }: OfferInput | RequestInput): readonly string[] => (availability.length > 0 ? availability : HALF_DAYS);
const waysOf = ({ place }: OfferInput | RequestInput): readonly string[] => (place === 'either' ? ['site', 'remote'] : [place]);
const levelsBelow = (offer: OfferInput, request: RequestInput): number => LEVELS.indexOf(request.level) - LEVELS.indexOf(offer.level);

/** How far the two topics lie apart, where they may meet at all (ADR 0043). */
const stepsApart = ({ inputs: { near = [] } }: DrawnRound, offer: OfferInput, request: RequestInput): number => {
  const [one, other] = [offer.topicKey, request.topicKey].sort();
  return one === other ? 0 : (near.find(({ topics }) => topics[0] === one && topics[1] === other)?.steps ?? Infinity);
};

const sharedHalfDays = (offer: OfferInput, request: RequestInput): readonly string[] =>
  halfDaysOf(offer).filter((half) => halfDaysOf(request).includes(half));
const sharedWays = (offer: OfferInput, request: RequestInput): readonly string[] =>
  waysOf(offer).filter(
    (way) => waysOf(request).includes(way) && (way === 'remote' || (offer.site !== null && offer.site === request.site)),
  );

/** What the two do not share, whatever anybody asks. */
const missing = (round: DrawnRound, offer: OfferInput, request: RequestInput): readonly Bend[] => [
  ...(stepsApart(round, offer, request) > 0 ? (['topic'] as const) : []),
  ...(levelsBelow(offer, request) > 0 ? (['level'] as const) : []),
  ...(sharedWays(offer, request).length === 0 ? (['place'] as const) : []),
  ...(sharedHalfDays(offer, request).length === 0 ? (['half-days'] as const) : []),
];

/** Written from ADR 0039 and 0043: the gate of the policy, or hard where one of the two is firm; topics that are near bend. */
const strictnessFor = ({ gates }: DrawnRound, bend: Bend, sides: readonly (OfferInput | RequestInput)[]): Strictness => {
  if (sides.some(({ firm = [] }) => firm.includes(bend))) return 'hard';
  if (bend === 'topic') return 'soft';
  return bend === 'level' ? gates.level : bend === 'place' ? gates.place : gates.halfDays;
};

const mayMeet = (round: DrawnRound, offer: OfferInput, request: RequestInput): boolean =>
  offer.memberId !== request.memberId &&
  levelsBelow(offer, request) < 2 &&
  Number.isFinite(stepsApart(round, offer, request)) &&
  missing(round, offer, request).every((bend) => strictnessFor(round, bend, [offer, request]) !== 'hard');

const bitsOf = (names: readonly string[], all: readonly string[]): number =>
  all.reduce((bits, name, at) => bits | (names.includes(name) ? 1 << at : 0), 0);

const WAYS = ['site', 'remote'];

/** Whoever shares nothing joins on the giver's terms; where nobody asks, on any. */
const meeting = (round: DrawnRound, offer: OfferInput, request: RequestInput): Pick<Candidate, 'halfDays' | 'ways'> => {
  const isOpen = (bend: Bend): boolean => strictnessFor(round, bend, [offer, request]) === 'off';
  const or = (shared: readonly string[], givers: readonly string[]): readonly string[] => (shared.length > 0 ? shared : givers);
  return {
    halfDays: bitsOf(isOpen('half-days') ? HALF_DAYS : or(sharedHalfDays(offer, request), halfDaysOf(offer)), HALF_DAYS),
    ways: bitsOf(isOpen('place') ? WAYS : or(sharedWays(offer, request), waysOf(offer)), WAYS),
  };
};

/** The round as an instance without costs: whoever knows its optimum knows how many can be served. */
export const instanceOf = (round: DrawnRound): Instance => {
  const { offers, requests } = round.inputs;
  const members = [...new Set([...offers, ...requests].map(({ memberId }) => memberId))];
  return {
    learners: requests.map(({ memberId }) => members.indexOf(memberId)),
    offers: offers.map(({ memberId, smallestGroup, largestGroup }) => ({
      ...{ giver: members.indexOf(memberId), smallest: smallestGroup, largest: largestGroup },
    })),
    givers: members.map(() => ({ capacity: CAPACITY, engaged: 0 })),
    loadCost: 0,
    candidates: requests.flatMap((request, at) =>
      offers.flatMap((offer, offerAt) =>
        mayMeet(round, offer, request) ? [{ request: at, offer: offerAt, cost: 0, ...meeting(round, offer, request) }] : [],
      ),
    ),
    forbidden: [],
  };
};

const faultsOfMatch = (round: DrawnRound, { participants, bends = [], topicSteps = 0 }: FoundMatch): readonly string[] => {
  const { offers, requests } = round.inputs;
  const offer = offers.find(({ offerId }) => participants.some((place) => place.role === 'giver' && place.offerId === offerId));
  const learners = requests.filter(({ requestId }) =>
    participants.some((place) => place.role === 'learner' && place.requestId === requestId),
  );
  if (!offer) return ['a match without an offer'];
  const bent = new Set(
    learners.flatMap((request) => missing(round, offer, request).filter((bend) => strictnessFor(round, bend, [offer, request]) === 'soft')),
  );
  const steps = Math.max(...learners.map((request) => stepsApart(round, offer, request)));
  const told = (['topic', 'level', 'place', 'half-days'] as const).filter((bend) => bent.has(bend));
  return [
    ...learners.filter((request) => !mayMeet(round, offer, request)).map(() => 'a pair past a gate that is hard for them'),
    ...(topicSteps === steps ? [] : [`topics ${steps} steps apart, and tells ${topicSteps}`]),
    ...(told.join() === bends.join() ? [] : [`bends ${told.join(' and ') || 'nothing'}, and tells ${bends.join(' and ') || 'nothing'}`]),
  ];
};

/** What a round got wrong of its gates, by the gates' own meaning: nothing of the matcher's is used. */
export const gateFaults = (round: DrawnRound, { matches }: RoundResult): readonly string[] =>
  matches.flatMap((match) => faultsOfMatch(round, match));
