import { seededRandom } from '#apps/demo/seeded-random';
import type { MemberId, OfferId, RequestId } from '#domain/ids';
import type { MatchingGates, Strictness } from '#domain/network/policy';
import type { Bend } from '#domain/vocabulary';
import type { Instant } from '#kernel/id';
import type { RoundInputs } from '#matching/round-inputs';

const asOf = '2026-06-01T00:00:00.000Z' as Instant;
const PEOPLE = 6;
const HALF_DAYS = ['mon-am', 'tue-pm', 'fri-am'] as const;
const STRICTNESSES: readonly Strictness[] = ['hard', 'soft', 'off'];

const TOPICS = ['urn:topic:a', 'urn:topic:b', 'urn:topic:c'] as const;
const PAIRS = [
  ['urn:topic:a', 'urn:topic:b'],
  ['urn:topic:a', 'urn:topic:c'],
  ['urn:topic:b', 'urn:topic:c'],
] as const;

const onTopic = (topic: string) => ({ topicUri: topic, topicKey: topic });

export interface DrawnRound {
  readonly inputs: RoundInputs;
  readonly gates: MatchingGates;
}

/** How far two topics lie apart; null: they are different. */
const STEPS = [0, 1, 2, null] as const;

/** A small round on a few topics, most of them near, in which gates stop most pairs, from its seed alone. */
export const drawnRound = (seed: number): DrawnRound => {
  const chance = seededRandom(seed, 'a round and its gates');
  const member = (): MemberId => `member-${chance.whole(1, PEOPLE)}` as MemberId;
  const content = () => ({
    ...{ memberId: member(), ...onTopic(chance.yes(0.6) ? TOPICS[0] : chance.of(TOPICS)), language: 'fr' as const },
    level: chance.of(['beginner', 'practised', 'advanced'] as const),
    place: chance.of(['site', 'remote', 'either'] as const),
    site: chance.of(['LYO', 'LIL', null]),
    availability: chance.shuffled(HALF_DAYS).slice(0, chance.whole(0, 2)),
    ...(chance.yes(0.3) ? { firm: [chance.of<Bend>(['topic', 'level', 'place', 'half-days'])] } : {}),
  });
  const offers = Array.from({ length: chance.whole(1, 5) }, (_, n) => {
    const [smallestGroup, largestGroup] = chance.of([
      [1, 1],
      [1, 1],
      [1, 3],
      [2, 3],
    ] as const);
    return { ...content(), offerId: `offer-${n}` as OfferId, smallestGroup, largestGroup };
  });
  const requests = Array.from({ length: chance.whole(1, 6) }, (_, n) => ({
    ...{ ...content(), requestId: `request-${n}` as RequestId },
    openSince: asOf,
  }));
  const strictness = (): Strictness => chance.of(STRICTNESSES);
  const near = PAIRS.flatMap((topics) => {
    const steps = chance.of(STEPS);
    return steps === null ? [] : [{ topics, steps }];
  });
  return {
    inputs: { asOf, offers, requests, givers: [], pairs: [], forbiddenPairs: [], unavailable: [], near },
    gates: { place: strictness(), halfDays: strictness(), level: strictness() },
  };
};
