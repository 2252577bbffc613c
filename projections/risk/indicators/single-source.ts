import { type Computed, ratio } from '../figure';
import type { Dated } from '../risk.facts';
import type { EntryAt } from '../view/entry';
import type { RiskView } from '../view/view';
import { activeGivers } from './active-givers';
import { openRequests } from './open-requests';

/** By topic URI; what is untagged is in none. */
const byTopic = <T>(items: readonly T[], topicOf: (item: T) => string | null): ReadonlyMap<string, readonly T[]> => {
  const topics = new Map<string, T[]>();
  for (const item of items) {
    const topic = topicOf(item);
    if (topic !== null) topics.set(topic, [...(topics.get(topic) ?? []), item]);
  }
  return topics;
};

const publications = (entries: readonly EntryAt[]): readonly Dated[] => entries.flatMap(({ first }) => first ?? []);

/** Topics with exactly one active giver and two open requests or more ÷ topics with two open requests or more. */
export const singleSource = (view: RiskView): readonly Computed[] => {
  const offers = byTopic(
    activeGivers(view).flatMap((giver) => giver.offers),
    ({ topicUri }) => topicUri,
  );
  const asked = [...byTopic(openRequests(view), ({ topicUri }) => topicUri)].filter(([, requests]) => requests.length >= 2);
  const giversOn = (topic: string): number => new Set((offers.get(topic) ?? []).map(({ memberId }) => memberId)).size;
  return [
    ratio({
      indicator: 'singleSource',
      numerator: asked.filter(([topic]) => giversOn(topic) === 1).length,
      denominator: asked.length,
      threshold: view.policy.thresholds.singleSource,
      opens: () => asked.flatMap(([topic, requests]) => [...publications(requests), ...publications(offers.get(topic) ?? [])]),
    }),
  ];
};
