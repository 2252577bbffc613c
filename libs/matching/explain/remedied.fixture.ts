import type { Policy } from '#domain/network/policy';
import type { MemberId, OfferId, RequestId } from '#domain/ids';
import type { Level } from '#domain/vocabulary';
import type { OfferInput, RequestInput, RoundInputs } from '../round-inputs';
import type { Remedy, Sought } from './explanation';

const lower: Readonly<Record<Level, Level>> = { advanced: 'practised', practised: 'beginner', beginner: 'beginner' };

/** The giver's line, written out where the policy's capacity is theirs. */
const withOneMore = ({ givers }: RoundInputs, memberId: MemberId, { defaultCapacity }: Policy): RoundInputs['givers'] => {
  const own = givers.find((giver) => giver.memberId === memberId) ?? { memberId, openEngagements: 0, capacity: defaultCapacity };
  return [...givers.filter((giver) => giver !== own), { ...own, capacity: Math.max(own.capacity, own.openEngagements) + 1 }];
};

const pairOf = (members: readonly string[]): string => [...members].sort().join(' ');

const withRequest = (inputs: RoundInputs, requestId: RequestId, change: (request: RequestInput) => Partial<RequestInput>): RoundInputs => ({
  ...inputs,
  requests: inputs.requests.map((request) => (request.requestId === requestId ? { ...request, ...change(request) } : request)),
});

/** People who give what is sought, at the sites where it is sought, as many as are said. */
export const withGivers = (inputs: RoundInputs, sought: Sought, sites: readonly (string | null)[]): RoundInputs => ({
  ...inputs,
  offers: [
    ...inputs.offers,
    ...sites.map((site, number): OfferInput => {
      const { topicUri, topicKey, level, language } = sought;
      const content = { topicUri, topicKey, level, language, place: 'either', site, availability: [] } as const;
      const ids = { offerId: `new offer ${number}` as OfferId, memberId: `new member ${number}` as MemberId };
      return { ...content, ...ids, smallestGroup: 1, largestGroup: 1 };
    }),
  ],
});

/** All ways to send so many newcomers to sites. */
export const waysToSend = (inputs: RoundInputs, count: number): readonly (readonly (string | null)[])[] => {
  const sites = [...new Set(inputs.requests.map(({ site }) => site))];
  let ways: (string | null)[][] = [[]];
  for (let one = 0; one < count; one += 1) ways = ways.flatMap((way) => sites.map((site) => [...way, site]));
  return ways;
};

/** What a remedy says, done to the inputs by other code than what found it. More givers: see `withGivers`. */
export const remedied = (
  inputs: RoundInputs,
  policy: Policy,
  { requestId, remedy }: { requestId: RequestId; remedy: Remedy },
): RoundInputs => {
  const author = inputs.requests.find((request) => request.requestId === requestId)!.memberId;
  switch (remedy.kind) {
    case 'open-half-days':
      return withRequest(inputs, requestId, () => ({ availability: [] }));
    case 'other-place':
      return withRequest(inputs, requestId, () => ({ place: 'either' }));
    case 'lower-level':
      return withRequest(inputs, requestId, ({ level }) => ({ level: lower[level] }));
    case 'author-returns':
      return { ...inputs, unavailable: inputs.unavailable.filter((id) => id !== author) };
    case 'wait': {
      const ends = inputs.pairs.filter(({ members, restUntil }) => members.includes(author) && restUntil === remedy.until);
      const over = new Set(ends.map(({ members }) => pairOf(members)));
      return { ...inputs, pairs: inputs.pairs.map((pair) => (over.has(pairOf(pair.members)) ? { ...pair, restUntil: null } : pair)) };
    }
    case 'capacity':
      return { ...inputs, givers: withOneMore(inputs, inputs.offers.find(({ offerId }) => offerId === remedy.offerId)!.memberId, policy) };
    case 'smaller-group':
      return {
        ...inputs,
        offers: inputs.offers.map((offer) => (offer.offerId === remedy.offerId ? { ...offer, smallestGroup: 1 } : offer)),
      };
    case 'more-givers':
    case 'nothing':
      return inputs;
  }
};

/** Serves the request itself; the others serve one more of those that wait: a rest is a pair's, who may have several. */
export const isOwn = ({ kind }: Remedy): boolean => ['open-half-days', 'other-place', 'lower-level'].includes(kind);
