import { type Computed, ratio } from '../figure';
import type { RiskView } from '../view/view';
import { activeGivers, authorsOf } from './active-givers';
import { lifeOf, membershipOf } from './evidence';
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
      evidence: () => [...lifeOf(view.requests.values()), ...lifeOf(view.offers), ...membershipOf(authorsOf(view))],
    }),
  ];
};
