import { bitsFor } from './bending/bends';
import { halfDayBits, levelNumber, placeBits } from './fit';
import { compare, type OfferInput, type RequestInput } from './round-inputs';
import { seededHash } from './seeded-hash';

/** Offers, or requests, as columns: numbers stand for members, topics, languages and sites, since millions of pairs are compared. */
export interface Side {
  readonly member: Int32Array;
  readonly topic: Int32Array;
  readonly level: Uint8Array;
  readonly language: Uint8Array;
  readonly places: Uint8Array;
  /** 0 for none. */
  readonly site: Int32Array;
  readonly halfDays: Uint16Array;
  /** Bits of the gates that are hard for their authors, whatever the policy. */
  readonly firm: Uint8Array;
  /** The topic's URI; 0 for none. */
  readonly uri: Int32Array;
}

/** Numbers texts from 0, in order of appearance. */
export interface Numbering {
  readonly of: (text: string) => number;
  /** Undefined where it has no number. */
  readonly known: (text: string) => number | undefined;
  readonly size: () => number;
}

export const numbering = (): Numbering => {
  const numbers = new Map<string, number>();
  const of = (text: string): number => {
    const known = numbers.get(text);
    if (known !== undefined) return known;
    numbers.set(text, numbers.size);
    return numbers.size - 1;
  };
  return { of, known: (text) => numbers.get(text), size: () => numbers.size };
};

export interface Numberings {
  readonly members: Numbering;
  readonly topics: Numbering;
  readonly languages: Numbering;
  readonly sites: Numbering;
  readonly uris: Numbering;
}

const emptySide = (count: number): Side => ({
  member: new Int32Array(count),
  topic: new Int32Array(count),
  level: new Uint8Array(count),
  language: new Uint8Array(count),
  places: new Uint8Array(count),
  site: new Int32Array(count),
  halfDays: new Uint16Array(count),
  uri: new Int32Array(count),
  firm: new Uint8Array(count),
});

/** Each input is read once: hundreds of thousands lie far apart. */
export const sideOf = (inputs: readonly (OfferInput | RequestInput)[], { members, topics, languages, sites, uris }: Numberings): Side => {
  const side = emptySide(inputs.length);
  inputs.forEach(({ memberId, topicKey, level, language, place, site, availability, firm = [], topicUri }, index) => {
    side.member[index] = members.of(memberId);
    side.topic[index] = topics.of(topicKey);
    side.level[index] = levelNumber(level);
    side.language[index] = languages.of(language);
    side.places[index] = placeBits(place);
    side.site[index] = site === null ? 0 : sites.of(site) + 1;
    side.halfDays[index] = halfDayBits(availability);
    side.firm[index] = bitsFor(firm);
    side.uri[index] = topicUri === null ? 0 : uris.of(topicUri) + 1;
  });
  return side;
};

/** In the order of the draw, then of ids: who comes first of equals depends on the seed alone, and on no order of the inputs (R18). */
export const drawn = <Input>(inputs: readonly Input[], seed: number, idOf: (input: Input) => string): readonly Input[] => {
  const draws = Int32Array.from(inputs, (input) => seededHash(seed, idOf(input)));
  const byId = (a: number, b: number): number => compare(idOf(inputs[a]!), idOf(inputs[b]!));
  const order = Int32Array.from(inputs, (_, index) => index).sort((a, b) => draws[a]! - draws[b]! || byId(a, b));
  return Array.from(order, (index) => inputs[index]!);
};
