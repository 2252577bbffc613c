import type { MatchId } from '#domain/ids';
import type { FoundMatch } from '#domain/round/round.events';
import { bendsIn } from './bending/bends';
import { bentBy } from './gates';
import type { Market } from './market';
import type { Draw } from './matcher';
import type { AssignmentResult } from './optimum/assignment-problem';
import { isPair } from './pairs';
import { ringsAmong } from './rings';
import { compare } from './round-inputs';
import { groupScore } from './score';
import { stepsApart } from './topics-met';

interface Group {
  readonly given: number;
  readonly sought: readonly number[];
}

type Served = Pick<AssignmentResult, 'assigned' | 'group'>;

const groupsIn = ({ assigned, group }: Served): readonly Group[] => {
  const groups: { given: number; sought: number[] }[] = [];
  assigned.forEach((given, sought) => {
    if (given >= 0) (groups[group[sought]!] ??= { given, sought: [] }).sought.push(sought);
  });
  return groups;
};

const foundMatch = (market: Market, { given, sought }: Group, { makeId }: Draw): FoundMatch => {
  const requests = sought.map((each) => market.requests[each]!).sort((a, b) => compare(a.requestId, b.requestId));
  const { offerId, memberId, topicUri, level, language, smallestGroup } = market.offers[given]!;
  const learners = requests.map(({ memberId: learner, requestId }) => ({ memberId: learner, role: 'learner', requestId }) as const);
  const [giver, members] = [market.offer.member[given]!, sought.map((each) => market.request.member[each]!)];
  const topicSteps = Math.max(...sought.map((each) => stepsApart(market, given, each)));
  const bends = bendsIn(sought.reduce((bent, each) => bent | bentBy(market, given, each), 0));
  return {
    matchId: makeId(`match/${offerId}/${requests.map(({ requestId }) => requestId).join(',')}`) as MatchId,
    participants: [{ memberId, role: 'giver', offerId }, ...learners],
    ...{ topicUri, level, language, smallestGroup },
    ringId: null,
    metBefore: members.every((member) => isPair(market.metBefore, giver, member)),
    score: groupScore(market, given, sought),
    ...(bends.length > 0 ? { bends } : {}),
    ...(topicSteps > 0 ? { topicSteps } : {}),
  };
};

const sortKey = ({ participants }: FoundMatch): string =>
  participants.map((place) => (place.role === 'giver' ? place.offerId : place.requestId)).join(' ');

/** The matches of each ring, by their place in the list. */
export type RingsOf = (matches: readonly FoundMatch[]) => readonly (readonly number[])[];

const circles: RingsOf = (matches) =>
  ringsAmong(
    matches.map(({ participants: [giver, ...learners] }, match) => ({
      match,
      giver: giver?.memberId ?? '',
      learners: learners.map(({ memberId }) => memberId),
    })),
  );

const withRings = (matches: readonly FoundMatch[], { makeId }: Draw, ringsOf: RingsOf): readonly FoundMatch[] => {
  const ringOf = new Map<number, string>();
  for (const ring of ringsOf(matches)) {
    const names = ring.map((match) => matches[match]?.matchId ?? '').sort(compare);
    const ringId = makeId(`ring/${names.join(',')}`);
    ring.forEach((match) => ringOf.set(match, ringId));
  }
  return matches.map((match, index) => ({ ...match, ringId: ringOf.get(index) ?? null }));
};

/** Sorted by offer, then by learner's request; those of one ring know it: the circles that they happen to close, where nothing else is said. */
export const inOrder = (matches: readonly FoundMatch[], draw: Draw, ringsOf: RingsOf = circles): readonly FoundMatch[] => {
  const sorted = matches
    .map((match) => ({ match, key: sortKey(match) }))
    .sort((a, b) => compare(a.key, b.key))
    .map(({ match }) => match);
  return withRings(sorted, draw, ringsOf);
};

export const foundMatches = (market: Market, result: Served, draw: Draw, ringsOf?: RingsOf): readonly FoundMatch[] =>
  inOrder(
    groupsIn(result).map((group) => foundMatch(market, group, draw)),
    draw,
    ringsOf,
  );
