import { type Computed, ratio } from '../figure';
import { topics } from '../operand';
import type { RiskView } from '../view/view';
import { activeGivers, authorsOf } from './active-givers';
import { lifeOf, membershipOf } from './evidence';
import { isWaiting, openRequests } from './open-requests';

/** By topic URI; what is untagged is in none. */
const byTopic = <T>(items: readonly T[], topicOf: (item: T) => string | null): ReadonlyMap<string, readonly T[]> => {
  const byUri = new Map<string, T[]>();
  for (const item of items) {
    const topic = topicOf(item);
    if (topic !== null) byUri.set(topic, [...(byUri.get(topic) ?? []), item]);
  }
  return byUri;
};

/** A topic that somebody asks for. */
export interface TopicAskedFor {
  readonly uri: string;
  readonly openRequests: number;
  /** Of these, those that have waited long. */
  readonly waiting: number;
  readonly activeGivers: number;
}

/** By URI: no number puts topics in an order (R4). */
export const topicsAskedFor = (view: RiskView): readonly TopicAskedFor[] => {
  const offers = byTopic(
    activeGivers(view).flatMap((giver) => giver.offers),
    ({ topicUri }) => topicUri,
  );
  const asked = [...byTopic(openRequests(view), ({ topicUri }) => topicUri)].sort(([one], [other]) => (one < other ? -1 : 1));
  return asked.map(([uri, requests]) => ({
    uri,
    openRequests: requests.length,
    waiting: requests.filter((request) => isWaiting(request, view)).length,
    activeGivers: new Set((offers.get(uri) ?? []).map(({ memberId }) => memberId)).size,
  }));
};

/** Topics with exactly one active giver and two open requests or more ÷ topics with two open requests or more. */
export const singleSource = (view: RiskView): readonly Computed[] => {
  const asked = topicsAskedFor(view).filter(({ openRequests }) => openRequests >= 2);
  const single = asked.filter(({ activeGivers: givers }) => givers === 1);
  return [
    ratio({
      indicator: 'singleSource',
      numerator: single.length,
      denominator: asked.length,
      threshold: view.policy.thresholds.singleSource,
      counts: () => [topics(single.map(({ uri }) => uri)), topics(asked.map(({ uri }) => uri))],
      evidence: () => [...lifeOf(view.requests.values()), ...lifeOf(view.offers), ...membershipOf(authorsOf(view))],
    }),
  ];
};
