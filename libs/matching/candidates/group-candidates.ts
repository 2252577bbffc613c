import { addAlone, arcFor, arcsWith, mayMeet, type Search } from './candidates';
import { eligible, gateOfAlike } from '../gates';
import { grouped, type Grouped } from '../market';
import type { ArcColumns } from '../optimum/assignment-problem';
import { arcTo } from '../optimum/more-arcs';

/** Who may come to an offer's groups: columns that are written anew for each offer. */
interface Pool {
  size: number;
  sought: Int32Array;
  /** What a seat would gain, as requests pay now. */
  margin: Float64Array;
  /** Half-days in the lower ten bits, ways above. */
  meetings: Int32Array;
}

const emptyPool = (room: number): Pool => ({
  size: 0,
  sought: new Int32Array(room),
  margin: new Float64Array(room),
  meetings: new Int32Array(room),
});

const gather = (search: Search, given: number, paid: Float64Array, pool: Pool): void => {
  const { market } = search;
  const { first, values } = market.met;
  const own = market.offer.topic[given]!;
  pool.size = 0;
  for (let at = first[own]!; at < first[own + 1]!; at += 1) gatherFrom(search, given, { topic: values[at]!, paid, pool });
};

interface Gathering {
  readonly topic: number;
  readonly paid: Float64Array;
  readonly pool: Pool;
}

const gatherFrom = (search: Search, given: number, { topic, paid, pool }: Gathering): void => {
  const { market, seekers } = search;
  for (let each = seekers.first[topic]!; each < seekers.first[topic + 1]!; each += 1) {
    if (gateOfAlike(market, given, seekers.sample[each]!) !== eligible) continue;
    for (let at = seekers.start[each]!; at < seekers.start[each + 1]!; at += 1) {
      const sought = seekers.all[at]!;
      if (!mayMeet(search, given, sought)) continue;
      const { cost, halfDays, ways } = arcFor(search, given, sought);
      pool.sought[pool.size] = sought;
      pool.margin[pool.size] = paid[sought]! - cost;
      pool.meetings[pool.size] = halfDays | (ways << HALF_DAYS);
      pool.size += 1;
    }
  }
};

const HALF_DAYS = 10;
const WAYS = 2;
/** Of so few all are candidates. */
const FEW = 64;

/** Keys that sort the most gainful first; each is then told apart from the place in the pool that it stands for by `placeOf`. */
const sortedKeys = ({ size, margin }: Pool): Float64Array => {
  const keys = new Float64Array(size);
  for (let at = 0; at < size; at += 1) keys[at] = at - margin[at]! * size;
  return keys.sort();
};

const placeOf = (key: number, { size }: Pool): number => ((key % size) + size) % size;

/** Bits of each half-day in each way. */
const meetingBits = Int32Array.from(
  { length: HALF_DAYS * WAYS },
  (_, place) => (1 << (place % HALF_DAYS)) | (1 << (HALF_DAYS + Math.floor(place / HALF_DAYS))),
);

interface Wanted {
  /** On each half-day, in each way. */
  readonly atOnce: number;
  /** In all groups together. */
  readonly altogether: number;
}

/** Whoever could be in one of the best groups, whichever half-day and way those have; of one learner's requests all that do. */
const keepBest = (search: Search, pool: Pool, { atOnce, altogether }: Wanted, keep: (sought: number) => void): void => {
  let some = 0;
  for (let at = 0; at < pool.size; at += 1) some |= pool.meetings[at]!;
  const left = meetingBits.map((bits) => ((some & bits) === bits ? atOnce : 0));
  let open = left.filter((each) => each > 0).length;
  const learners = new Set<number>();
  for (const key of sortedKeys(pool)) {
    if (open === 0 && learners.size >= altogether) return;
    const at = placeOf(key, pool);
    const [sought, meetings] = [pool.sought[at]!, pool.meetings[at]!];
    const learner = search.market.request.member[sought]!;
    const counts = learners.has(learner) ? 0 : 1;
    let isWanted = learners.size < altogether;
    for (let place = 0; place < left.length; place += 1) {
      const bits = meetingBits[place]!;
      if ((meetings & bits) !== bits || left[place]! <= 0) continue;
      isWanted = true;
      left[place]! -= counts;
      if (left[place] === 0) open -= 1;
    }
    if (!isWanted) continue;
    learners.add(learner);
    keep(sought);
  }
};

/** What is asked of each offer's groups; the pool is written anew for each offer. */
const byRequest = (
  search: Search,
  paid: Float64Array,
  choose: (pool: Pool, offer: number, keep: (sought: number) => void) => void,
): Grouped => {
  const pool = emptyPool(search.seekers.all.length);
  const [sought, given]: [number[], number[]] = [[], []];
  for (const offer of search.forGroups.all.slice().sort()) {
    gather(search, offer, paid, pool);
    choose(pool, offer, (request) => void (sought.push(request), given.push(offer)));
  }
  return grouped(Int32Array.from(sought), Int32Array.from(given), search.market.requests.length);
};

const keepAll = ({ sought, size }: Pool, _: number, keep: (sought: number) => void): void => sought.subarray(0, size).forEach(keep);

/** By request, every offer whose groups it could be in. */
const allGroupCandidates = (search: Search): Grouped => byRequest(search, new Float64Array(search.market.requests.length), keepAll);

/**
 * By request, offers whose groups it could be in: all that could be among an offer's best groups as requests pay now, and so many more. At
 * those prices nothing is left out: what a giver could gain at most is the same as with all.
 */
export const groupCandidates = (search: Search, paid: Float64Array, spare: number): Grouped =>
  byRequest(search, paid, (pool, offer, keep) => {
    if (pool.size <= FEW) return keepAll(pool, offer, keep);
    const { largestGroup } = search.market.offers[offer]!;
    const places = search.market.places[search.market.offer.member[offer]!]!;
    keepBest(search, pool, { atOnce: largestGroup + spare, altogether: largestGroup * places }, keep);
  });

/** These offers among each request's candidates, where they are not yet. */
export const withOffers = (search: Search, arcs: ArcColumns, { first, values }: Grouped): ArcColumns =>
  arcsWith(search, arcs, (list, sought) => {
    for (let at = first[sought]!; at < first[sought + 1]!; at += 1)
      if (arcTo(arcs, sought, values[at]!) < 0) list.add(arcFor(search, values[at]!, sought));
  });

/** Every offer that may serve a request. */
export const allArcs = (search: Search): ArcColumns => {
  const { first, values } = allGroupCandidates(search);
  return arcsWith(search, null, (list, sought) => {
    addAlone(search, list, sought);
    for (let at = first[sought]!; at < first[sought + 1]!; at += 1) list.add(arcFor(search, values[at]!, sought));
  });
};

/** The same candidates, and every offer whose groups a request could be in. */
export const withGroupArcs = (search: Search, arcs: ArcColumns): ArcColumns => withOffers(search, arcs, allGroupCandidates(search));
