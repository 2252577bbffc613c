import { searchIn } from '../candidates/candidates';
import { levelNumber } from '../fit';
import { marketOf, type Market } from '../market';
import type { Draw } from '../matcher';
import type { AssignmentResult } from '../optimum/assignment-problem';
import { compare, type OfferInput, type RequestInput } from '../round-inputs';
import type { Scarcity, Sought } from './explanation';
import { openArcs } from './arcs';
import { seatAt, soughtPlaces } from './making-room';
import { newcomersFor, soughtKey, type Waiting } from './newcomers';
import type { Question } from './opened';
import { seatedRound, type SeatedRound } from './seated-round';

/** A round that was solved. */
export interface Solved {
  readonly market: Market;
  readonly result: AssignmentResult;
}

const soughtBy = ({ topicUri, topicKey, level, language }: RequestInput): Sought => ({ topicUri, topicKey, level, language });

const waitingIn = ({ market, result }: Solved): readonly Waiting[] => {
  const rows = new Map<string, { sought: Sought; requests: RequestInput[] }>();
  market.requests.forEach((request, each) => {
    if (result.assigned[each]! >= 0 || market.available[each] === 0) return;
    const known = rows.get(soughtKey(request));
    if (known) known.requests.push(request);
    else rows.set(soughtKey(request), { sought: soughtBy(request), requests: [request] });
  });
  return [...rows.values()];
};

interface Comers {
  readonly waiting: Waiting;
  readonly offers: readonly OfferInput[];
}

interface Crowd {
  readonly seated: SeatedRound;
  /** By giver, whether it matters that a place of theirs comes free. */
  readonly through: Uint8Array;
  readonly memberOf: (offer: OfferInput) => number;
}

/** Everybody sits as they do, and the newcomers stand at the door. */
const withNewcomers = ({ inputs, policy }: Question, { market, result }: Solved, all: readonly Comers[]): Crowd => {
  const offers = [...inputs.offers, ...all.flatMap((comers) => comers.offers)];
  const wide = marketOf({ ...inputs, offers }, policy, 0);
  const [offerNumbers, requestNumbers] = [new Map<string, number>(), new Map<string, number>()];
  wide.offers.forEach(({ offerId }, number) => offerNumbers.set(offerId, number));
  market.requests.forEach(({ requestId }, number) => requestNumbers.set(requestId, number));
  const there = wide.requests.map(({ requestId }) => requestNumbers.get(requestId)!);
  const assigned = Int32Array.from(there, (each) =>
    result.assigned[each]! < 0 ? -1 : offerNumbers.get(market.offers[result.assigned[each]!]!.offerId)!,
  );
  const group = Int32Array.from(there, (each) => result.group[each]!);
  const search = searchIn(wide);
  const arcs = openArcs(search);
  const seated = seatedRound(search, arcs, { assigned, group });
  return {
    seated,
    through: soughtPlaces(seated, arcs),
    memberOf: ({ offerId }) => wide.offer.member[offerNumbers.get(offerId)!]!,
  };
};

/** How many more are served with one newcomer, with two, with three: from where everybody sits, and nobody loses their place. */
const stepsFor = ({ seated, through, memberOf }: Crowd, { waiting, offers }: Comers, places: number): Scarcity['steps'] => {
  const moving = { ...seated, alone: seated.alone.slice(), served: seated.served.slice() };
  const steps: { givers: number; served: number }[] = [];
  for (const offer of offers) {
    const before = steps.at(-1)?.served ?? 0;
    if (before >= waiting.requests.length) break;
    steps.push({ givers: steps.length + 1, served: before + seatAt(moving, through, { giver: memberOf(offer), places }) });
  }
  return steps;
};

const giversIn = ({ offers }: Market): ((sought: Sought) => number) => {
  const onTopic = new Map<string, OfferInput[]>();
  for (const offer of offers) onTopic.set(offer.topicKey, [...(onTopic.get(offer.topicKey) ?? []), offer]);
  return ({ topicKey, level, language }) => {
    const able = (onTopic.get(topicKey) ?? []).filter(
      (offer) => offer.language === language && levelNumber(offer.level) >= levelNumber(level),
    );
    return new Set(able.map(({ memberId }) => memberId)).size;
  };
};

const sampleOf = ({ requests }: Waiting) => requests.map(({ requestId }) => requestId).sort(compare)[0]!;

const inOrder = (a: Scarcity, b: Scarcity): number => {
  const served = (row: Scarcity): number => row.steps.at(-1)?.served ?? 0;
  return served(b) - served(a) || b.waiting - a.waiting || compare(soughtKey(a), soughtKey(b));
};

/** What is sought and waits, each with what more givers would bring; sorted by that. */
export const scarcityIn = (question: Question, solved: Solved, draw: Pick<Draw, 'makeId'>): readonly Scarcity[] => {
  const capacity = question.policy.defaultCapacity;
  const all = waitingIn(solved).map((waiting) => ({ waiting, offers: newcomersFor(waiting, capacity, draw) }));
  const crowd = withNewcomers(question, solved, all);
  const givers = giversIn(solved.market);
  return all
    .map((comers) => ({
      ...comers.waiting.sought,
      waiting: comers.waiting.requests.length,
      givers: givers(comers.waiting.sought),
      steps: stepsFor(crowd, comers, capacity),
      sample: sampleOf(comers.waiting),
    }))
    .sort(inOrder);
};
