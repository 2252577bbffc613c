import type { BroaderTopic, Neighbours } from './topics.port';

/** By topic, those one step away: broader and narrower ones. */
const nextTo = (relations: readonly BroaderTopic[]): ReadonlyMap<string, readonly string[]> => {
  const next = new Map<string, string[]>();
  const add = (one: string, other: string): void => {
    const known = next.get(one);
    if (known) known.push(other);
    else next.set(one, [other]);
  };
  for (const { uri, broader } of relations) {
    add(uri, broader);
    add(broader, uri);
  }
  return next;
};

/** Which of these are near one another, the lesser URI first. */
export const neighboursAmong = (uris: readonly string[], relations: readonly BroaderTopic[], most: number): readonly Neighbours[] => {
  const [next, wanted] = [nextTo(relations), new Set(uris)];
  return [...wanted].flatMap((from) => {
    const near: Neighbours[] = [];
    const seen = new Set([from]);
    let reached: readonly string[] = [from];
    for (let steps = 1; steps <= most && reached.length > 0; steps += 1) {
      reached = reached.flatMap((uri) => next.get(uri) ?? []).filter((uri) => !seen.has(uri) && seen.add(uri));
      for (const uri of reached) if (from < uri && wanted.has(uri)) near.push({ topics: [from, uri], steps });
    }
    return near;
  });
};

/** Told as they come: whether one more relation would make a topic broader than itself. Those that would are not taken. */
export const circleWatch = (known: readonly BroaderTopic[]): ((relation: BroaderTopic) => boolean) => {
  const broaderOf = new Map<string, string[]>();
  const add = ({ uri, broader }: BroaderTopic): void => void broaderOf.set(uri, [...(broaderOf.get(uri) ?? []), broader]);
  known.forEach(add);
  const leadsTo = (from: string, to: string): boolean => {
    const seen = new Set([from]);
    for (const uri of seen) {
      if (uri === to) return true;
      broaderOf.get(uri)?.forEach((broader) => seen.add(broader));
    }
    return false;
  };
  return (relation) => {
    if (leadsTo(relation.broader, relation.uri)) return true;
    add(relation);
    return false;
  };
};
