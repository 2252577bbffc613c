import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { MemberId, OfferId, RequestId } from '#domain/ids';
import type { HalfDay, Language, Level, PlaceOfExchange } from '#domain/vocabulary';
import type { Instant } from '#kernel/id';
import type { OfferInput, PairInput, RequestInput, RoundInputs } from '#matching/round-inputs';
import { mix } from '#matching/seeded-hash';
import { escoBeside } from '#testing/esco';

const TOPICS = 13_000;
/** Popularity falls with rank by this power: the first topic has some six in a hundred of all entries, half of the topics have none or one at 20,000 members. */
const SKEW = 0.9;
const ENTRIES_A_MEMBER = 1.5;
const SITES = 12;
const asOf = '2026-11-30T00:00:00.000Z' as Instant;
const DAY = 86_400_000;

const levels: readonly Level[] = ['beginner', 'practised', 'advanced'];
const places: readonly PlaceOfExchange[] = ['either', 'either', 'site', 'site', 'remote'];
const halfDays = ['mon', 'tue', 'wed', 'thu', 'fri'].flatMap((day) => [`${day}-am`, `${day}-pm`]) as readonly HalfDay[];

/** The skills of ESCO where it lies beside this checkout, else as many names. */
const topicUris = (): readonly string[] => {
  const folder = escoBeside();
  if (folder === null) return Array.from({ length: TOPICS }, (_, number) => `urn:bench:topic:${number}`);
  const text = readFileSync(join(folder, 'skills_fr.csv'), 'utf8');
  return [...new Set(text.match(/http:\/\/data\.europa\.eu\/esco\/skill\/[\w-]+/g))];
};

/** Whole numbers below `below`, the same for a seed on any machine. */
const chance = (seed: number): ((below: number) => number) => {
  let count = 0;
  return (below) => Math.floor(((mix(mix(seed) + (count += 0x9e3779b9)) >>> 0) / 0x1_0000_0000) * below);
};

type Chance = ReturnType<typeof chance>;

/** Draws topics by popularity. What is sought most is not what is offered most, but near it in rank. */
const topicsBySkew = (uris: readonly string[], next: Chance, shift: number): (() => string) => {
  const order = uris.map((uri, rank) => ({ uri, rank: (rank + 1) * (1 + (next(1_000) / 1_000) * shift) })).sort((a, b) => a.rank - b.rank);
  const sums: number[] = [];
  order.forEach((_, rank) => sums.push((sums[rank - 1] ?? 0) + (rank + 1) ** -SKEW));
  return () => {
    const wanted = (next(1_000_000_000) / 1_000_000_000) * sums.at(-1)!;
    let [low, high] = [0, sums.length - 1];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (sums[middle]! > wanted) high = middle;
      else low = middle + 1;
    }
    return order[low]!.uri;
  };
};

const memberOf = (number: number): MemberId => `member-${String(number).padStart(7, '0')}` as MemberId;

const contentOf = (members: number, next: Chance, topic: string) => {
  const member = next(members);
  return {
    memberId: memberOf(member),
    ...{ topicUri: topic, topicKey: topic },
    level: levels[next(3)]!,
    language: (next(100) < 92 ? 'fr' : 'en') as Language,
    place: places[next(places.length)]!,
    // A member works at one site; large ones have more members.
    site: `S${Math.floor(Math.sqrt((mix(member) >>> 0) % (SITES * SITES)))}`,
    availability: next(5) === 0 ? [] : Array.from({ length: 2 + next(4) }, () => halfDays[next(halfDays.length)]!),
  };
};

/** A network of so many members as a round reads it: 1.5 offers and requests a member, capacities of 1 to 4, a tenth of the offers for groups. */
export const matchingInputs = (members: number, seed: number, uris: readonly string[] = topicUris()): RoundInputs => {
  const next = chance(seed);
  const [sought, offered] = [topicsBySkew(uris, next, 0), topicsBySkew(uris, next, 2)];
  const count = Math.round(members * ENTRIES_A_MEMBER);
  const offers = Array.from({ length: count }, (_, number): OfferInput => {
    const [smallestGroup, largestGroup] = next(10) === 0 ? [1 + next(3), 3 + next(6)] : [1, 1];
    return { offerId: `offer-${number}` as OfferId, ...contentOf(members, next, offered()), smallestGroup, largestGroup };
  });
  const requests = Array.from({ length: count }, (_, number): RequestInput => {
    const openSince = new Date(Date.parse(asOf) - next(90) * DAY).toISOString() as Instant;
    return { requestId: `request-${number}` as RequestId, ...contentOf(members, next, sought()), openSince };
  });
  const givers = Array.from({ length: members }, (_, number) => ({
    memberId: memberOf(number),
    openEngagements: next(2),
    capacity: 1 + next(4),
  }));
  const pairs = Array.from({ length: Math.round(members / 5) }, (): PairInput => {
    const members2 = [memberOf(next(members)), memberOf(next(members))] as const;
    return { members: members2, restUntil: next(2) === 0 ? ('2027-01-15T00:00:00.000Z' as Instant) : asOf, metBefore: next(2) === 0 };
  });
  return { asOf, offers, requests, givers, pairs, forbiddenPairs: [], unavailable: [] };
};
