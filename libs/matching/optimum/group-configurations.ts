import { gainfulArcs, groupGain, groupOffers, meetings, singleGains, type Margins } from './giver-gain';
import type { Opening } from './seats';

/** Groups that a giver could hold, and what they could gain at most, with one-to-one exchanges beside them. */
export interface Configuration {
  readonly openings: readonly Opening[];
  readonly most: number;
}

interface Choice {
  readonly opening: Opening;
  readonly gain: number;
  readonly who: ReadonlySet<number>;
}

/** The meetings of an offer that another one does not serve as well: whoever can come then can come to the other, too. */
const choicesOf = (margins: Margins, offer: number): readonly Choice[] => {
  const { problem } = margins;
  const gainful = gainfulArcs(margins, offer);
  const all = meetings(margins, offer).flatMap(({ halfDay, way }): readonly Choice[] => {
    const who = gainful.filter(({ arc }) => (problem.arcs.halfDays[arc]! & halfDay) !== 0 && (problem.arcs.ways[arc]! & way) !== 0);
    const best = groupGain(margins, gainful, { offer, halfDay, way });
    return best ? [{ opening: { offer, halfDay, way, banned: [] }, gain: best.gain, who: new Set(who.map(({ arc }) => arc)) }] : [];
  });
  const within = (one: Choice, other: Choice): boolean => one.who.size <= other.who.size && [...one.who].every((arc) => other.who.has(arc));
  return all.filter((one, at) => !all.some((other, place) => place !== at && within(one, other) && (place < at || !within(other, one))));
};

/** Every multiset of up to `capacity` choices; null where they are more than `limit`. */
const multisets = (choices: readonly Choice[], capacity: number, limit: number): readonly (readonly Choice[])[] | null => {
  let all: (readonly Choice[])[] = [[]];
  let last: readonly { readonly set: readonly Choice[]; readonly from: number }[] = [{ set: [], from: 0 }];
  for (let size = 1; size <= capacity; size += 1) {
    last = last.flatMap(({ set, from }) => choices.slice(from).map((choice, at) => ({ set: [...set, choice], from: from + at })));
    all = [...all, ...last.map(({ set }) => set)];
    if (all.length > limit) return null;
  }
  return all;
};

/** All that a giver could do with groups, the most promising first; null where that is too much to try. */
export const configurationsOf = (margins: Margins, giver: number, limit: number): readonly Configuration[] | null => {
  const { capacity, engaged, loadCost } = margins.problem.givers;
  const choices = groupOffers(margins, giver).flatMap((offer) => choicesOf(margins, offer));
  const singles = singleGains(margins, giver);
  const most = (set: readonly Choice[]): number => {
    const groups = set.reduce((sum, { gain }, index) => sum + gain - loadCost * (engaged[giver]! + index), 0);
    const alone = singles.slice(0, capacity[giver]! - set.length);
    return alone.reduce((sum, gain, index) => sum + Math.max(0, gain - loadCost * (engaged[giver]! + set.length + index)), groups);
  };
  const sets = multisets(choices, capacity[giver]!, limit);
  return sets && sets.map((set) => ({ openings: set.map(({ opening }) => opening), most: most(set) })).sort((a, b) => b.most - a.most);
};
