import type { Market } from './market';

/**
 * Offers of givers who have places left, by topic and, within a topic, by what most gates ask: language, level, ways to meet, site, what their authors will not bend; those for groups apart. A gate is
 * passed, and most of a cost known, once a class instead of once a pair.
 */
export interface OfferClasses {
  /** Classes of topic t: `first[t]` up to, without, `first[t + 1]`. */
  readonly first: Int32Array;
  /** By class, its first offer: all offers of one class are alike in those columns. */
  readonly sample: Int32Array;
  /** Offers of class c: `offers[firstOffer[c]]` up to, without, `offers[firstOffer[c + 1]]`, in the order of the draw. */
  readonly firstOffer: Int32Array;
  readonly offers: Int32Array;
}

export const offerClasses = ({ offer, offers: inputs, onTopic, places }: Market): OfferClasses => {
  const group = Uint8Array.from(inputs, ({ largestGroup }) => (largestGroup > 1 ? 1 : 0));
  const apart = (one: number, other: number): number =>
    group[one]! - group[other]! ||
    offer.language[one]! - offer.language[other]! ||
    offer.level[one]! - offer.level[other]! ||
    offer.places[one]! - offer.places[other]! ||
    offer.site[one]! - offer.site[other]! ||
    offer.firm[one]! - offer.firm[other]!;
  const topics = onTopic.first.length - 1;
  const first = new Int32Array(topics + 1);
  const offers = new Int32Array(onTopic.values.length);
  const [sample, firstOffer]: [number[], number[]] = [[], []];
  let size = 0;
  for (let topic = 0; topic < topics; topic += 1) {
    const own = onTopic.values.subarray(onTopic.first[topic], onTopic.first[topic + 1]).filter((each) => places[offer.member[each]!]! > 0);
    own.sort((one, other) => apart(one, other) || one - other);
    own.forEach((each, index) => {
      if (index === 0 || apart(own[index - 1]!, each) !== 0) {
        sample.push(each);
        firstOffer.push(size);
      }
      offers[size] = each;
      size += 1;
    });
    first[topic + 1] = sample.length;
  }
  return { first, sample: Int32Array.from(sample), firstOffer: Int32Array.from([...firstOffer, size]), offers: offers.subarray(0, size) };
};
