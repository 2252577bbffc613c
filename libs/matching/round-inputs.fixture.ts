import fc from 'fast-check';
import { addDays } from '#domain/calendar';
import type { MemberId } from '#domain/ids';
import { instant } from '#testing/commands';
import { offerId, requestId } from '#testing/content';
import { person } from '#testing/people';
import type { RoundInputs } from './round-inputs';

export const asOf = instant('2026-03-02T00:00:00Z');
export const people = Array.from({ length: 9 }, (_, i) => person(`member-${i}`));
const someone = fc.constantFrom(...people);
const some = <Value>(...values: readonly Value[]) => fc.constantFrom(...values);
const pairs = fc.uniqueArray(fc.uniqueArray(someone, { minLength: 2, maxLength: 2 }), {
  maxLength: 6,
  selector: (pair) => [...pair].sort().join(' '),
});
const content = fc.record({
  memberId: someone,
  topicKey: some('t:1', 't:2', 't:3', 't:4'),
  level: some('beginner' as const, 'practised' as const, 'advanced' as const),
  language: some('fr' as const, 'fr' as const, 'fr' as const, 'en' as const),
  place: some('either' as const, 'site' as const, 'remote' as const),
  site: some('LYO', 'LIL', null),
  availability: fc.uniqueArray(some('mon-am' as const, 'mon-pm' as const, 'tue-am' as const), { maxLength: 3 }),
});
const sizes = some([1, 1], [1, 3], [2, 4], [3, 3]);

/** Small networks of nine people on four topics, with something in the way of most pairs. */
export const roundInputs: fc.Arbitrary<RoundInputs> = fc
  .record({
    offers: fc.array(fc.tuple(content, sizes), { maxLength: 14 }),
    requests: fc.array(fc.tuple(content, fc.integer({ min: 0, max: 90 })), { maxLength: 14 }),
    givers: fc.uniqueArray(fc.tuple(someone, fc.integer({ min: 0, max: 3 }), fc.integer({ min: 1, max: 3 })), { selector: ([id]) => id }),
    rested: pairs,
    forbidden: pairs,
    unavailable: fc.uniqueArray(someone, { maxLength: 2 }),
  })
  .map(({ offers, requests, givers, rested, forbidden, unavailable }) => ({
    asOf,
    offers: offers.map(([each, [smallestGroup = 1, largestGroup = 1]], i) => ({
      ...each,
      topicUri: each.topicKey === 't:4' ? null : each.topicKey,
      offerId: offerId(`offer-${i}`),
      smallestGroup,
      largestGroup,
    })),
    requests: requests.map(([each, waited], i) => ({
      ...each,
      topicUri: each.topicKey === 't:4' ? null : each.topicKey,
      requestId: requestId(`request-${i}`),
      openSince: addDays(asOf, -waited),
    })),
    givers: givers.map(([memberId, openEngagements, capacity]) => ({ memberId, openEngagements, capacity })),
    pairs: rested.map((pair, i) => ({
      members: pair as unknown as readonly [MemberId, MemberId],
      restUntil: addDays(asOf, i % 3 === 0 ? -1 : 10),
      metBefore: i % 2 === 0,
    })),
    forbiddenPairs: forbidden as unknown as readonly (readonly [MemberId, MemberId])[],
    unavailable,
  }));
