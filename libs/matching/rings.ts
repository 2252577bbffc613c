/** From a giver to each learner of one match. */
export interface Gift {
  readonly match: number;
  readonly giver: string;
  readonly learners: readonly string[];
}

/** Longer circles are hard to follow for those who stand in them. */
export const longestRing = 6;

type Trail = { readonly gift: Gift; readonly before: Trail | null; readonly length: number };

const matchesOf = (trail: Trail | null): number[] => (trail ? [...matchesOf(trail.before), trail.gift.match] : []);

/** Breadth first, so the shortest way back to the giver of `first`, over gifts in no ring yet. */
const ringFrom = (first: Gift, giftsOf: ReadonlyMap<string, readonly Gift[]>, inRing: ReadonlySet<number>): readonly number[] | null => {
  let trails: readonly Trail[] = [{ gift: first, before: null, length: 1 }];
  const seen = new Set<string>();
  while (trails.length > 0) {
    const next: Trail[] = [];
    for (const trail of trails) {
      if (trail.gift.learners.includes(first.giver)) return matchesOf(trail);
      if (trail.length === longestRing) continue;
      for (const learner of trail.gift.learners) {
        if (seen.has(learner)) continue;
        seen.add(learner);
        for (const gift of giftsOf.get(learner) ?? [])
          if (!inRing.has(gift.match)) next.push({ gift, before: trail, length: trail.length + 1 });
      }
    }
    trails = next;
  }
  return null;
};

/**
 * Rings among matches: cycles of members in which each gives to the next. A match stands in one ring at most.
 * Depends on the order of `gifts`: give them in canonical order. Answers the matches of each ring.
 */
export const ringsAmong = (gifts: readonly Gift[]): readonly (readonly number[])[] => {
  const giftsOf = new Map<string, Gift[]>();
  for (const gift of gifts) giftsOf.set(gift.giver, [...(giftsOf.get(gift.giver) ?? []), gift]);
  const inRing = new Set<number>();
  const rings: (readonly number[])[] = [];
  for (const gift of gifts) {
    const ring = inRing.has(gift.match) ? null : ringFrom(gift, giftsOf, inRing);
    if (!ring) continue;
    rings.push(ring);
    ring.forEach((match) => inRing.add(match));
  }
  return rings;
};
