import type { MemberId, OfferId } from '#domain/ids';
import type { Draw } from '../matcher';
import { compare, type OfferInput, type RequestInput } from '../round-inputs';
import type { Sought } from './explanation';

/** More newcomers than that are no plan for a month. */
const MOST_GIVERS = 3;

/** Requests of one topic, level and language that a round left. */
export interface Waiting {
  readonly sought: Sought;
  readonly requests: readonly RequestInput[];
}

export const soughtKey = ({ topicKey, level, language }: Sought): string => `${topicKey} ${level} ${language}`;

const bySite = (requests: readonly RequestInput[]): Map<string, number> => {
  const counts = new Map<string, number>();
  for (const { site } of requests) if (site !== null) counts.set(site, (counts.get(site) ?? 0) + 1);
  return counts;
};

const mostIn = (counts: ReadonlyMap<string, number>): readonly [string | null, number] =>
  [...counts].sort(([a, m], [b, n]) => n - m || compare(a, b))[0] ?? [null, 0];

/** Where each newcomer works: at the site where most still wait of those who want to meet on site; where none does, at that of most. */
const sitesFor = ({ requests }: Waiting, capacity: number): readonly (string | null)[] => {
  const [anywhere] = mostIn(bySite(requests));
  const left = bySite(requests.filter(({ place }) => place === 'site'));
  // each serves somebody, or nobody of these can be served
  return Array.from({ length: Math.min(MOST_GIVERS, requests.length) }, () => {
    const [site, waiting] = mostIn(left);
    if (site === null || waiting <= 0) return anywhere;
    left.set(site, waiting - capacity);
    return site;
  });
};

/** People who are not there yet, and would give what is sought: free on any half-day, on site or from afar, to one learner at a time. */
export const newcomersFor = (waiting: Waiting, capacity: number, { makeId }: Pick<Draw, 'makeId'>): readonly OfferInput[] =>
  sitesFor(waiting, capacity).map((site, number) => {
    const name = `newcomer/${soughtKey(waiting.sought)}/${number}`;
    return {
      ...waiting.sought,
      offerId: makeId(`${name}/offer`) as OfferId,
      memberId: makeId(name) as MemberId,
      ...{ place: 'either', site, availability: [], smallestGroup: 1, largestGroup: 1 },
    };
  });
