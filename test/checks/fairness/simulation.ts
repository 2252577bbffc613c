import { seededRandom, type SeededRandom } from '#apps/demo/seeded-random';
import { addDays } from '#domain/calendar';
import type { MemberId } from '#domain/ids';
import type { Instant } from '#kernel/id';
import type { PairInput, RequestInput, RoundInputs } from '#matching/round-inputs';
import { isBent, pairsIn, type Pair } from './gates';
import type { Proposal } from './placing';
import type { Contender } from './policies';
import { drawnPerson, drawnRequest, type Person } from './population';

export const MONTHS = 24;
const DAYS_A_MONTH = 30;
const REST_DAYS = 90;
const START = '2026-01-05T08:00:00.000Z' as Instant;
const NO_SHOW = 0.06;
const NEW_REQUEST = 0.3;
/** How often somebody accepts what asks for another half-day, place or level, of how often they accept otherwise. */
const BENDING = 0.6;

/** What became of a request. */
export interface Lived {
  readonly request: RequestInput;
  readonly site: string;
  readonly unit: string;
  /** Rounds in which somebody could have served it by the gates, whatever room they had. */
  servable: number;
  /** Rounds since it was last proposed in which a giver who could have served it was proposed to somebody who came later; and the most of them. */
  overtaken: number;
  longestOvertaken: number;
  servedAfterDays: number | null;
}

export interface Outcome {
  readonly people: readonly Person[];
  readonly lived: readonly Lived[];
  readonly given: ReadonlyMap<MemberId, number>;
  readonly received: ReadonlyMap<MemberId, number>;
  readonly proposals: number;
  /** Groups that somebody was given beyond their capacity. */
  readonly overCapacity: number;
}

interface World {
  readonly people: readonly Person[];
  readonly byMember: ReadonlyMap<MemberId, Person>;
  readonly lived: Lived[];
  readonly open: Map<string, Lived>;
  readonly pairs: Map<string, PairInput>;
  readonly given: Map<MemberId, number>;
  readonly received: Map<MemberId, number>;
  readonly busyUntil: Map<MemberId, Instant[]>;
  proposals: number;
  overCapacity: number;
}

const add = <Key>(counts: Map<Key, number>, key: Key): void => void counts.set(key, (counts.get(key) ?? 0) + 1);

const newWorld = (seed: number, members: number): World => {
  const people = Array.from({ length: members }, (_, n) => drawnPerson(seededRandom(seed, `person ${n}`), n));
  const empty = { lived: [], open: new Map(), pairs: new Map(), given: new Map(), received: new Map(), busyUntil: new Map() };
  return { people, byMember: new Map(people.map((person) => [person.memberId, person])), ...empty, proposals: 0, overCapacity: 0 };
};

/** The same requests at the same time whatever the policy: each from its own seed. */
const publish = (world: World, month: number, { seed, now }: { readonly seed: number; readonly now: Instant }): void => {
  world.people.forEach((person, n) => {
    const chance = seededRandom(seed, `request ${n} ${month}`);
    if (month > 0 && !chance.yes(NEW_REQUEST)) return;
    const request = drawnRequest(chance, person, now);
    const lived: Lived = {
      request,
      site: person.site,
      unit: person.unit,
      servable: 0,
      overtaken: 0,
      longestOvertaken: 0,
      servedAfterDays: null,
    };
    world.lived.push(lived);
    world.open.set(request.requestId, lived);
  });
};

const inputsOf = (world: World, asOf: Instant): RoundInputs => {
  for (const [member, until] of world.busyUntil)
    world.busyUntil.set(
      member,
      until.filter((end) => end > asOf),
    );
  return {
    asOf,
    offers: world.people.flatMap(({ offers }) => offers),
    requests: [...world.open.values()].map(({ request }) => request),
    givers: world.people.map(({ memberId, capacity }) => ({
      memberId,
      capacity,
      openEngagements: world.busyUntil.get(memberId)?.length ?? 0,
    })),
    ...{ pairs: [...world.pairs.values()], forbiddenPairs: [], unavailable: [] },
  };
};

const rest = (
  { pairs }: World,
  members: readonly [MemberId, MemberId],
  { now, met }: { readonly now: Instant; readonly met: boolean },
): void => {
  const key = [...members].sort().join(' ');
  pairs.set(key, { members, restUntil: addDays(now, REST_DAYS), metBefore: met || (pairs.get(key)?.metBefore ?? false) });
};

const learn = (world: World, { memberId, requestId, openSince }: RequestInput, now: Instant): void => {
  const lived = world.open.get(requestId);
  if (lived) lived.servedAfterDays = Math.round((Date.parse(now) - Date.parse(openSince)) / 86_400_000);
  world.open.delete(requestId);
  add(world.received, memberId);
};

/** Who refuses, who does not come; a giver who accepts is engaged for a month or two. */
const live = (
  world: World,
  { offer, requests }: Proposal,
  { chance, now }: { readonly chance: SeededRandom; readonly now: Instant },
): void => {
  const giver = world.byMember.get(offer.memberId)!;
  world.proposals += 1;
  const ease = (request: RequestInput): number => (isBent(offer, request) ? BENDING : 1);
  const isGiven = chance.yes(giver.willing * Math.max(...requests.map(ease)));
  const coming = requests.filter((request) => chance.yes((world.byMember.get(request.memberId)?.willing ?? 0) * ease(request)));
  const isHeld = isGiven && coming.length >= offer.smallestGroup;
  const present = isHeld ? coming.filter(() => !chance.yes(NO_SHOW)) : [];
  for (const request of requests) {
    const came = present.includes(request);
    rest(world, [offer.memberId, request.memberId], { now, met: came });
    if (came) learn(world, request, now);
  }
  if (isHeld) world.busyUntil.set(offer.memberId, [...(world.busyUntil.get(offer.memberId) ?? []), addDays(now, chance.of([29, 59, 89]))]);
  if (present.length > 0) add(world.given, offer.memberId);
};

/** By giver, the latest publication among those to whom they are proposed. */
const latestByGiver = (proposals: readonly Proposal[]): ReadonlyMap<string, string> => {
  const latest = new Map<string, string>();
  for (const { offer, requests } of proposals)
    for (const { openSince } of requests) if (openSince > (latest.get(offer.memberId) ?? '')) latest.set(offer.memberId, openSince);
  return latest;
};

const countOvertaken = (world: World, pairs: readonly Pair[], proposals: readonly Proposal[]): void => {
  const proposed = new Set(proposals.flatMap(({ requests }) => requests.map(({ requestId }) => requestId as string)));
  const latest = latestByGiver(proposals);
  const [servable, overtaken] = [new Set<string>(), new Set<string>()];
  for (const { offer, request } of pairs) {
    servable.add(request.requestId);
    if ((latest.get(offer.memberId) ?? '') > request.openSince) overtaken.add(request.requestId);
  }
  for (const [id, lived] of world.open) {
    if (servable.has(id)) lived.servable += 1;
    lived.overtaken = proposed.has(id) ? 0 : lived.overtaken + (overtaken.has(id) ? 1 : 0);
    lived.longestOvertaken = Math.max(lived.longestOvertaken, lived.overtaken);
  }
};

const countOverCapacity = ({ givers }: RoundInputs, proposals: readonly Proposal[]): number => {
  const asked = new Map<string, number>();
  for (const { offer } of proposals) add(asked, offer.memberId as string);
  return givers.filter(({ memberId, capacity, openEngagements }) => (asked.get(memberId) ?? 0) > Math.max(0, capacity - openEngagements))
    .length;
};

/** Two years of one network under one policy: a round a month, refusals and no-shows. */
export const simulated = (
  { policy, gates }: Contender,
  { seed, members, signal }: { readonly seed: number; readonly members: number; readonly signal: AbortSignal },
): Outcome => {
  const world = newWorld(seed, members);
  for (let month = 0; month < MONTHS && !signal.aborted; month += 1) {
    const now = addDays(START, month * DAYS_A_MONTH);
    publish(world, month, { seed, now });
    const inputs = inputsOf(world, now);
    const proposals = policy(inputs, { ...world, seed: seed * MONTHS + month });
    world.overCapacity += countOverCapacity(inputs, proposals);
    countOvertaken(world, pairsIn(inputs, gates), proposals);
    proposals.forEach((proposal, n) => live(world, proposal, { chance: seededRandom(seed, `life ${month} ${n}`), now }));
  }
  return world;
};
