import type { SeededRandom } from '#apps/demo/seeded-random';
import type { MemberId, OfferId, RequestId } from '#domain/ids';
import type { HalfDay, Language, Level } from '#domain/vocabulary';
import type { Instant } from '#kernel/id';
import type { OfferInput, RequestInput } from '#matching/round-inputs';

/** Somebody of the simulated network. */
export interface Person {
  readonly memberId: MemberId;
  readonly site: string;
  readonly unit: string;
  readonly language: Language;
  readonly capacity: number;
  /** How likely they accept what is proposed. */
  readonly willing: number;
  readonly offers: readonly OfferInput[];
}

const TOPICS = 60;
const SITES = [
  [50, 'PAR'],
  [30, 'LYO'],
  [15, 'LIL'],
  [5, 'BRE'],
] as const;
const HALF_DAYS: readonly HalfDay[] = ['mon-am', 'mon-pm', 'tue-am', 'tue-pm', 'wed-am', 'wed-pm', 'thu-am', 'thu-pm', 'fri-am', 'fri-pm'];

/** Zipf: few topics are sought by many; what is offered is skewed alike, but ranked otherwise. */
const topicBy = (chance: SeededRandom, rankOf: (topic: number) => number): string => {
  const weights = Array.from({ length: TOPICS }, (_, topic) => [1 / (rankOf(topic) + 1), `topic:${topic}`] as const);
  return chance.weighed(weights);
};

const contentOf = (chance: SeededRandom, person: Omit<Person, 'offers'>, topicKey: string) => ({
  memberId: person.memberId,
  topicUri: topicKey,
  topicKey,
  language: person.language,
  place: chance.weighed([
    [70, 'either'],
    [15, 'remote'],
    [15, 'site'],
  ] as const),
  site: person.site,
  availability: chance.yes(0.6) ? [] : chance.shuffled(HALF_DAYS).slice(0, chance.whole(2, 5)),
});

const offerOf = (chance: SeededRandom, person: Omit<Person, 'offers'>, n: number): OfferInput => {
  const [smallestGroup, largestGroup] = chance.weighed([
    [90, [1, 1]],
    [6, [1, 3]],
    [4, [2, 4]],
  ] as const);
  const level = chance.of<Level>(['beginner', 'practised', 'practised', 'advanced']);
  const topicKey = topicBy(chance, (topic) => (topic * 7) % TOPICS);
  return { ...contentOf(chance, person, topicKey), offerId: `o-${person.memberId}-${n}` as OfferId, level, smallestGroup, largestGroup };
};

/** As a network of a company is: a large site and a very small one, a language of few, givers of different room and will. */
export const drawnPerson = (chance: SeededRandom, n: number): Person => {
  const person = {
    memberId: `m-${String(n).padStart(4, '0')}` as MemberId,
    site: chance.weighed(SITES),
    unit: `unit ${chance.whole(1, 6)}`,
    language: chance.yes(0.88) ? ('fr' as const) : ('en' as const),
    capacity: chance.whole(1, 3),
    willing: chance.between(0.7, 0.97),
  };
  return { ...person, offers: Array.from({ length: chance.whole(1, 2) }, (_, nth) => offerOf(chance, person, nth)) };
};

export const drawnRequest = (chance: SeededRandom, person: Person, openSince: Instant): RequestInput => {
  const topicKey = topicBy(chance, (topic) => topic);
  const level = chance.of<Level>(['beginner', 'beginner', 'practised', 'advanced']);
  return {
    ...contentOf(chance, person, topicKey),
    requestId: `r-${person.memberId}-${openSince.slice(0, 7)}` as RequestId,
    level,
    openSince,
  };
};
