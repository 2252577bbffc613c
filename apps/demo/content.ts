import type { HalfDay, Level, PlaceOfExchange } from '#domain/vocabulary';
import { starterTopics, type StarterTopic } from '#topics/starter-topics';
import { seededRandom, type SeededRandom } from './seeded-random';
import type { DemoPerson } from './people';
import { offerWordings, requestWordings } from './texts';

/** What people offer and seek, as an edge would hand it in. */
export interface DemoContent {
  readonly wording: string;
  readonly topic: { readonly text: string; readonly uri: string | null };
  readonly level: Level;
  readonly language: 'fr' | 'en';
  readonly place: PlaceOfExchange;
  readonly site: string | null;
  readonly availability: readonly HalfDay[];
  readonly declaredProfessional: boolean;
}

export interface Catalogue {
  offer(
    person: DemoPerson,
    random: SeededRandom,
    topic?: StarterTopic,
  ): DemoContent & { readonly smallestGroup: number; readonly largestGroup: number };
  request(person: DemoPerson, random: SeededRandom, topic?: StarterTopic): DemoContent & { readonly authorShown: boolean };
  topicOf(uri: string | null): StarterTopic | undefined;
}

const HALF_DAYS: readonly HalfDay[] = ['mon-am', 'mon-pm', 'tue-am', 'tue-pm', 'wed-am', 'wed-pm', 'thu-am', 'thu-pm', 'fri-am', 'fri-pm'];
const GROUPS: readonly (readonly [number, readonly [number, number]])[] = [
  [80, [1, 1]],
  [12, [1, 3]],
  [8, [2, 5]],
];
const OFFERED = [
  [25, 'beginner'],
  [45, 'practised'],
  [30, 'advanced'],
] as const;
const SOUGHT = [
  [64, 'beginner'],
  [28, 'practised'],
  [8, 'advanced'],
] as const;
const PLACES = [
  [70, 'either'],
  [18, 'remote'],
  [12, 'site'],
] as const;

/** Zipf: few topics are asked for by many. What is offered and what is sought are skewed alike, not the same. */
const skewed = (topics: readonly StarterTopic[]): readonly (readonly [number, StarterTopic])[] =>
  topics.map((topic, rank) => [1 / (rank + 1) ** 1.1, topic] as const);

/** Nearby ranks change places. */
const stirred = (topics: readonly StarterTopic[], random: SeededRandom): readonly StarterTopic[] =>
  topics
    .map((topic, rank) => [rank + random.between(0, 12), topic] as const)
    .sort(([one], [other]) => one - other)
    .map(([, topic]) => topic);

const described = (
  person: DemoPerson,
  random: SeededRandom,
  { topic, wordings }: { topic: StarterTopic; wordings: typeof offerWordings },
): Omit<DemoContent, 'level'> => {
  const language = person.languages[0] ?? 'fr';
  const place = random.weighed(PLACES);
  const label = topic[language];
  return {
    wording: random.of(wordings[language]).replace('%', label.charAt(0).toLowerCase() + label.slice(1)),
    topic: { text: label, uri: random.yes(0.97) ? topic.uri : null },
    language,
    place,
    site: place === 'remote' ? null : person.site,
    availability: random.yes(0.7) ? [] : [...random.shuffled(HALF_DAYS).slice(0, random.whole(3, 6))].sort(),
    declaredProfessional: true,
  };
};

export const createCatalogue = (seed: number): Catalogue => {
  const random = seededRandom(seed, 'topics');
  const ranked = random.shuffled(starterTopics);
  const [offered, sought] = [skewed(ranked), skewed(stirred(ranked, random))];
  const byUri = new Map(starterTopics.map((topic) => [topic.uri, topic]));
  return {
    offer: (person, drawn, topic = drawn.weighed(offered)) => {
      const [smallestGroup, largestGroup] = drawn.weighed(GROUPS);
      const content = described(person, drawn, { topic, wordings: offerWordings });
      return { ...content, level: drawn.weighed(OFFERED), smallestGroup, largestGroup };
    },
    request: (person, drawn, topic = drawn.weighed(sought)) => {
      const content = described(person, drawn, { topic, wordings: requestWordings });
      return { ...content, level: drawn.weighed(SOUGHT), authorShown: drawn.yes(0.6) };
    },
    topicOf: (uri) => (uri === null ? undefined : byUri.get(uri)),
  };
};
