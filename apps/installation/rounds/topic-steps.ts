import type { Topic } from '#domain/vocabulary';
import { POLICY_MOST } from '#domain/network/policy';
import { keyedTopics, type KeyedTopic } from '#projections/matching-pool/matching-pool.queries';
import type { ReadStore } from '#read-store/read-store.port';
import { nearTopics } from '#topics/near-topics';
import type { Topics } from '#topics/topics.port';

interface Parts {
  readonly readStore: ReadStore;
  readonly topics: Pick<Topics, 'neighbours' | 'named'>;
  /** Words of a moment ago are on their way; erased ones never come. */
  readonly untilWordsAreThere: () => Promise<unknown>;
}

/** R7: how far a request's topic lies from an offer's at most; offers are on one topic. Null: some topics stand in no relation. */
export const topicStepsBetween =
  ({ readStore, topics, untilWordsAreThere }: Parts) =>
  async (offers: readonly Topic[], requests: readonly Topic[]): Promise<number | null> => {
    const keyed = await keyedTopics(readStore, [...offers, ...requests]);
    const all = keyed.includes(null) ? (await untilWordsAreThere(), await keyedTopics(readStore, [...offers, ...requests])) : keyed;
    const known = all.flatMap((topic) => topic ?? []);
    if (known.length < all.length) return null;
    if (new Set(known.map(({ key }) => key)).size === 1) return 0;
    const steps = new Map(
      (await nearTopics(topics, known, POLICY_MOST.topicSteps)).map(({ topics: pair, steps: far }) => [pair.join(' '), far]),
    );
    const between = (one: KeyedTopic, other: KeyedTopic): number =>
      one.key === other.key ? 0 : (steps.get([one.key, other.key].sort().join(' ')) ?? Infinity);
    const [givers, learners] = [known.slice(0, offers.length), known.slice(offers.length)];
    if (givers.some((one) => between(one, givers[0]!) > 0)) return null;
    const far = Math.max(...givers.flatMap((one) => learners.map((other) => between(one, other))));
    return Number.isFinite(far) ? far : null;
  };
