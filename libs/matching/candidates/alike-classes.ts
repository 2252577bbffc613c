import type { Grouped } from '../market';
import type { Side } from '../sides';

/**
 * Offers, or requests, by topic and, within a topic, by what most gates ask: language, level, ways to meet, site, what is firm. A gate is passed, and most
 * of a cost known, once a class instead of once a pair.
 */
export interface AlikeClasses {
  /** Classes of topic t: `first[t]` up to, without, `first[t + 1]`. */
  readonly first: Int32Array;
  /** By class, its first: all of one class are alike in those columns. */
  readonly sample: Int32Array;
  /** Those of class c: `all[start[c]]` up to, without, `all[start[c + 1]]`, in the order of the draw. */
  readonly start: Int32Array;
  readonly all: Int32Array;
}

interface Classed {
  readonly side: Side;
  readonly onTopic: Grouped;
  /** 1 for those that are in a class at all. */
  readonly isIn: Uint8Array;
}

export const alikeClasses = ({ side, onTopic, isIn }: Classed): AlikeClasses => {
  const apart = (one: number, other: number): number =>
    side.language[one]! - side.language[other]! ||
    side.level[one]! - side.level[other]! ||
    side.places[one]! - side.places[other]! ||
    side.site[one]! - side.site[other]! ||
    side.firm[one]! - side.firm[other]!;
  const topics = onTopic.first.length - 1;
  const first = new Int32Array(topics + 1);
  const all = new Int32Array(onTopic.values.length);
  const [sample, start]: [number[], number[]] = [[], []];
  let size = 0;
  for (let topic = 0; topic < topics; topic += 1) {
    const own = onTopic.values.subarray(onTopic.first[topic], onTopic.first[topic + 1]).filter((each) => isIn[each] === 1);
    own.sort((one, other) => apart(one, other) || one - other);
    own.forEach((each, index) => {
      if (index === 0 || apart(own[index - 1]!, each) !== 0) {
        sample.push(each);
        start.push(size);
      }
      all[size] = each;
      size += 1;
    });
    first[topic + 1] = sample.length;
  }
  return { first, sample: Int32Array.from(sample), start: Int32Array.from([...start, size]), all: all.subarray(0, size) };
};
