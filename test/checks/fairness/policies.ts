import { seededRandom } from '#apps/demo/seeded-random';
import type { MemberId } from '#domain/ids';
import { defaultPolicy, type MatchingGates } from '#domain/network/policy';
import type { IntegerSolver } from '#matching/exact/integer-program';
import { defaultRingLimits, ringCover } from '#matching/exact/ring-cover';
import type { Matcher } from '#matching/matcher';
import type { RoundInputs } from '#matching/round-inputs';
import { nothingBends, pairsIn, type Pair } from './gates';
import { placed, roomOf, type Proposal } from './placing';

/** What a policy may look at beside a round's inputs. */
export interface Ledger {
  readonly given: ReadonlyMap<MemberId, number>;
  readonly received: ReadonlyMap<MemberId, number>;
  readonly seed: number;
}

/** A way to decide who is brought together; those but ours are here to be compared with. */
export type FairnessPolicy = (inputs: RoundInputs, ledger: Ledger) => readonly Proposal[];

/** A policy, and by which gates somebody could have been served under it. */
export interface Contender {
  readonly policy: FairnessPolicy;
  readonly gates: MatchingGates;
}

const byKeys =
  <Item>(...keys: readonly ((item: Item) => number | string)[]) =>
  (one: Item, other: Item): number => {
    for (const key of keys) {
      const [a, b] = [key(one), key(other)];
      if (a !== b) return a < b ? -1 : 1;
    }
    return 0;
  };

const ids: readonly ((pair: Pair) => string)[] = [({ request }) => request.requestId, ({ offer }) => offer.offerId];
const oldestFirst = byKeys<Pair>(({ request }) => request.openSince, ...ids);
const bestFirst = byKeys<Pair>(
  ({ fit }) => -fit,
  ({ request }) => request.openSince,
  ...ids,
);

const random: FairnessPolicy = (inputs, { seed }) => placed(inputs, seededRandom(seed, 'pairs by lot').shuffled(pairsIn(inputs)));
const firstCome: FairnessPolicy = (inputs) => placed(inputs, [...pairsIn(inputs)].sort(oldestFirst));
const greedy: FairnessPolicy = (inputs) => placed(inputs, [...pairsIn(inputs)].sort(bestFirst));

/** One may learn for each time that one has taught, and once ahead. */
const strictBalance: FairnessPolicy = (inputs, { given, received }) => {
  const mayLearn = (member: MemberId): boolean => (received.get(member) ?? 0) <= (given.get(member) ?? 0);
  return placed(inputs, [...pairsIn(inputs)].filter(({ request }) => mayLearn(request.memberId)).sort(oldestFirst));
};

/** So many of a request's best offers are looked at: cycles grow with the third power. */
const OFFERS_A_REQUEST = 4;

const rings =
  (solve: IntegerSolver): FairnessPolicy =>
  (inputs, { seed }) => {
    const room = roomOf(inputs);
    const possible = [...pairsIn(inputs)]
      .sort(bestFirst)
      .filter(({ offer }) => offer.smallestGroup === 1 && (room.get(offer.memberId) ?? 0) > 0);
    const members = [...new Set(possible.flatMap(({ offer, request }) => [offer.memberId, request.memberId]))].sort();
    const numberOf = new Map(members.map((member, n) => [member, n]));
    const looked = new Map<string, number>();
    const between = new Map<string, Pair>();
    for (const pair of possible) {
      const { offer, request } = pair;
      const key = `${numberOf.get(offer.memberId)} ${numberOf.get(request.memberId)}`;
      const count = looked.get(request.requestId) ?? 0;
      if (count >= OFFERS_A_REQUEST || between.has(key)) continue;
      looked.set(request.requestId, count + 1);
      between.set(key, pair);
    }
    const arcs = [...between].map(([key, { fit }]) => {
      const [from = 0, to = 0] = key.split(' ').map(Number);
      return { from, to, weight: fit };
    });
    const graph = { members: members.length, starters: new Set<number>(), arcs };
    return ringCover(graph, { limits: defaultRingLimits, seed, by: 'count' }, solve)
      .flatMap((ring) => ring.arcs)
      .flatMap(({ from, to }) => between.get(`${from} ${to}`) ?? [])
      .map(({ offer, request }) => ({ offer, requests: [request] }));
  };

const ours =
  (matcher: Matcher, gates: MatchingGates): FairnessPolicy =>
  (inputs, { seed }) => {
    const offers = new Map<string, Proposal['offer']>(inputs.offers.map((offer) => [offer.offerId, offer]));
    const requests = new Map<string, Proposal['requests'][number]>(inputs.requests.map((request) => [request.requestId, request]));
    return matcher(inputs, { ...defaultPolicy, gates }, { seed, makeId: (name) => name }).matches.flatMap(({ participants }) => {
      const offer = participants.flatMap((place) => (place.role === 'giver' ? (offers.get(place.offerId) ?? []) : []))[0];
      const learners = participants.flatMap((place) => (place.role === 'learner' ? (requests.get(place.requestId) ?? []) : []));
      return offer ? [{ offer, requests: learners }] : [];
    });
  };

const byGates =
  (gates: MatchingGates) =>
  (policy: FairnessPolicy): Contender => ({ policy, gates });
const straight = byGates(nothingBends);

/** The names of ours: with all gates hard, as the others know them, and as networks have it by default. */
export const OURS = { straight: 'ours, nothing bends', bending: 'ours' } as const;

export const policiesOf = (matcher: Matcher, solve: IntegerSolver): Readonly<Record<string, Contender>> => ({
  random: straight(random),
  'first come first served': straight(firstCome),
  greedy: straight(greedy),
  'strict balance': straight(strictBalance),
  'rings of three': straight(rings(solve)),
  [OURS.straight]: straight(ours(matcher, nothingBends)),
  'ours, half-days alone': byGates({ ...nothingBends, halfDays: 'soft' })(ours(matcher, { ...nothingBends, halfDays: 'soft' })),
  [OURS.bending]: byGates(defaultPolicy.gates)(ours(matcher, defaultPolicy.gates)),
});
