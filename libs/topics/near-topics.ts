import type { Topics } from './topics.port';
import { isAlike, nearSpellings, spellingOf } from './wordings';

/** A topic as somebody wrote it down: by its URI, else by words; `key` tells one from another. */
export interface TopicInUse {
  readonly key: string;
  readonly uri: string | null;
  readonly text: string | null;
}

/** Two keys, the lesser first. `steps`: through broader and narrower topics; 0: the same topic, written otherwise. */
export interface NearTopics {
  readonly topics: readonly [string, string];
  readonly steps: number;
}

type Meet = (one: string, other: string, steps: number) => void;

const allPairs = (keys: readonly string[], meet: (one: string, other: string) => void): void =>
  keys.forEach((one, at) => keys.slice(at + 1).forEach((other) => meet(one, other)));

const added = <Key, Value>(map: Map<Key, Value[]>, key: Key, value: Value): void => {
  const known = map.get(key);
  if (known) known.push(value);
  else map.set(key, [value]);
};

/** The keys of those that are known by their words alone, by what these say. */
const spelt = (inUse: readonly TopicInUse[]): ReadonlyMap<string, readonly string[]> => {
  const keys = new Map<string, string[]>();
  for (const { key, uri, text } of inUse) if (uri === null && text !== null) added(keys, spellingOf(text), key);
  keys.delete('');
  return keys;
};

const meetByWords = (bySpelling: ReadonlyMap<string, readonly string[]>, meet: Meet): void => {
  for (const keys of bySpelling.values()) allPairs(keys, (one, other) => meet(one, other, 0));
  const nearly = new Map<string, string[]>();
  for (const spelling of bySpelling.keys()) for (const near of nearSpellings(spelling)) added(nearly, near, spelling);
  const meetAll = (one: string, other: string): void =>
    bySpelling.get(one)!.forEach((left) => bySpelling.get(other)!.forEach((right) => meet(left, right, 1)));
  for (const spellings of nearly.values()) allPairs(spellings, (one, other) => isAlike(one, other) && meetAll(one, other));
};

/**
 * Which topics in use are the same though written otherwise, or near: by the taxonomy, where both are tagged; by their words, where none is
 * (the same but for endings: 0 steps; a slip in a long word: 1); a wording that is a label of a tagged topic is that topic. No more than
 * `most` steps. Alike on any machine, in the order of their keys.
 */
export const nearTopics = async (
  taxonomy: Pick<Topics, 'neighbours' | 'named'>,
  inUse: readonly TopicInUse[],
  most: number,
): Promise<readonly NearTopics[]> => {
  const topics = [...new Map(inUse.map((one) => [one.key, one])).values()];
  const uris = topics.flatMap(({ uri, key }) => (uri === null ? [] : [[uri, key] as const]));
  const keyOf = new Map(uris);
  const steps = new Map<string, NearTopics>();
  const meet: Meet = (one, other, far) => {
    const pair = one < other ? ([one, other] as const) : ([other, one] as const);
    const known = steps.get(pair.join(' '));
    if (one !== other && far <= most && (!known || far < known.steps)) steps.set(pair.join(' '), { topics: pair, steps: far });
  };
  const bySpelling = spelt(topics);
  meetByWords(bySpelling, meet);
  const [named, neighbours] = await Promise.all([
    taxonomy.named([...bySpelling.keys()]),
    most > 0 ? taxonomy.neighbours([...keyOf.keys()], most) : [],
  ]);
  for (const { spelling, uri } of named) {
    const key = keyOf.get(uri);
    if (key !== undefined) for (const words of bySpelling.get(spelling) ?? []) meet(words, key, 0);
  }
  for (const {
    topics: [one, other],
    steps: far,
  } of neighbours)
    meet(keyOf.get(one)!, keyOf.get(other)!, far);
  return [...steps].sort(([one], [other]) => (one < other ? -1 : 1)).map(([, pair]) => pair);
};
