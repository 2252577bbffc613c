import { eachClass, mayMeet, mostCandidates, type Search } from './candidates';
import type { Grouped } from '../market';
import { dearestPair } from '../score';

/** What the seats of the moment cost, and what each request pays: a pair that costs less together was left out wrongly. */
export interface Prices {
  /** By giver. */
  readonly price: Float64Array;
  /** By request. */
  readonly paid: Float64Array;
}

/** How many pairs a request is given at once. */
const AT_ONCE = 6;
/** Where it would be served that is not, or spare another that: all of those ask for the same few seats. */
const AT_ONCE_IF_SCARCE = 30;

interface Underbid {
  readonly given: number;
  readonly cost: number;
}

const keepCheapest = (cheapest: Underbid[], one: Underbid, most: number): void => {
  if (cheapest.length === most && one.cost >= cheapest[most - 1]!.cost) return;
  const at = cheapest.findIndex(({ cost }) => one.cost < cost);
  cheapest.splice(at < 0 ? cheapest.length : at, 0, one);
  if (cheapest.length > most) cheapest.pop();
};

export interface Underbids {
  /** By request, the offers. */
  readonly found: Grouped;
  /** How much less all would pay if they were there: what they could spoil a proof by. */
  readonly sum: number;
}

/** The offers of each class and what their seats cost, the cheapest first: whoever looks for cheap ones need not look through all. */
interface Asked {
  readonly given: Int32Array;
  readonly price: Float64Array;
}

const askedIn = ({ market, alone }: Search, prices: Float64Array): Asked => {
  const priceOf = (given: number): number => prices[market.offer.member[given]!]!;
  const given = alone.all.slice();
  for (let one = 0; one < alone.sample.length; one += 1)
    given.subarray(alone.start[one], alone.start[one + 1]).sort((a, b) => priceOf(a) - priceOf(b) || a - b);
  return { given, price: Float64Array.from(given, priceOf) };
};

const cheaperFor = (search: Search, sought: number, pays: number, asked: Asked): readonly Underbid[] => {
  const { alone, costs } = search;
  const cheapest: Underbid[] = [];
  const wanted = pays > dearestPair * 2 ? AT_ONCE_IF_SCARCE : AT_ONCE;
  let below = pays;
  eachClass(search, sought, (each) => {
    const alike = costs.alike(alone.sample[each]!, sought);
    const least = costs.least(alike, sought);
    for (let at = alone.start[each]!; at < alone.start[each + 1]! && asked.price[at]! < below - least; at += 1) {
      const given = asked.given[at]!;
      const cost = costs.of(alike, given, sought) + asked.price[at]!;
      if (cost >= below || !mayMeet(search, given, sought)) continue;
      keepCheapest(cheapest, { given, cost }, wanted);
      if (cheapest.length === wanted) below = cheapest[wanted - 1]!.cost;
    }
  });
  return cheapest;
};

/** Prices of before: a request that found nothing then finds nothing now where it pays no more and nothing on its topic became cheaper. */
interface Memory {
  readonly price: Float64Array;
  readonly paid: Float64Array;
}

const cheaperTopics = ({ market, alone }: Search, price: Float64Array, before: Float64Array): Uint8Array => {
  const { met } = market;
  const cheaper = new Uint8Array(market.onTopic.first.length);
  for (const given of alone.all) {
    const giver = market.offer.member[given]!;
    if (price[giver]! >= before[giver]!) continue;
    const topic = market.offer.topic[given]!;
    for (let at = met.first[topic]!; at < met.first[topic + 1]!; at += 1) cheaper[met.values[at]!] = 1;
  }
  return cheaper;
};

/** Finds pairs that were no candidates and would be cheaper than what their requests pay. None: what was left out changes nothing. */
export const underbidsIn = (search: Search, wanted: number): ((prices: Prices) => Underbids) => {
  const { market } = search;
  const count = market.requests.length;
  const lacks = Uint8Array.from(market.requests, (_, sought) => (mostCandidates(search, sought) > wanted ? 1 : 0));
  const memory: Memory = { price: new Float64Array(market.members).fill(Infinity), paid: new Float64Array(count) };
  return ({ price, paid }) => {
    const cheaper = cheaperTopics(search, price, memory.price);
    const asked = askedIn(search, price);
    const [first, values]: [Int32Array, number[]] = [new Int32Array(count + 1), []];
    let sum = 0;
    for (let sought = 0; sought < count; sought += 1) {
      const pays = paid[sought]!;
      if (lacks[sought] === 1 && (pays > memory.paid[sought]! || cheaper[market.request.topic[sought]!] === 1)) {
        const offers = cheaperFor(search, sought, pays, asked);
        for (const { given } of offers) values.push(given);
        if (offers.length > 0) sum += pays - offers[0]!.cost;
        // Whoever found some may find more: as if they had paid nothing.
        memory.paid[sought] = offers.length > 0 ? 0 : pays;
      }
      first[sought + 1] = values.length;
    }
    memory.price.set(price.subarray(0, market.members));
    return { found: { first, values: Int32Array.from(values) }, sum };
  };
};
