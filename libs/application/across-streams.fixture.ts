import type { StreamName } from '#kernel/id';
import {
  courseOf,
  isOpen,
  takesPart as standsInExchange,
  wasThere,
  type ExchangeState,
  type KnownExchange,
} from '#domain/exchange/exchange.state';
import { hasEnded as matchHasEnded, takesPart, type KnownMatch, type MatchState } from '#domain/match/match.state';
import { isInNetwork, type KnownMember, type MemberState } from '#domain/member/member.state';
import { hasEnded as requestHasEnded, matchOf, type KnownRequest } from '#domain/request/request.state';
import type { KnownOffer } from '#domain/offer/offer.state';
import type { LogContents } from './lagging-processes.fixture';
import { stageOf } from './random-acts.fixture';

const memberOf = (stream: StreamName, state: unknown): readonly KnownMember[] =>
  stream.startsWith('member-') && (state as MemberState).status !== 'unknown' ? [state as KnownMember] : [];

/** What there is, by kind, with the questions that invariants ask of it. */
const netOf = (seen: LogContents) => {
  const { offers, requests, matches, exchanges } = stageOf(seen, '' as never, 0);
  const members = [...seen.states].flatMap(([stream, state]) => memberOf(stream, state));
  const exchangeOf = (match: KnownMatch): KnownExchange | null =>
    exchanges.find((state) => courseOf(state).matchId === match.matchId) ?? null;
  const runs = (match: KnownMatch, memberId: string): boolean => {
    if (matchHasEnded(match) || !takesPart(match, memberId as never)) return false;
    const exchange = exchangeOf(match);
    if (match.status !== 'agreed' || !exchange) return match.status !== 'proposed';
    return isOpen(courseOf(exchange)) && standsInExchange(courseOf(exchange), memberId as never);
  };
  return { seen, offers, requests, matches, exchanges, members, exchangeOf, runs };
};
type Net = ReturnType<typeof netOf>;

const engagements = ({ members, matches, runs }: Net): readonly string[] => [
  ...members.flatMap(({ memberId, engagements: kept }) =>
    kept
      .filter(({ matchId }) => !matches.some((match) => match.matchId === matchId && runs(match, memberId)))
      .map(({ matchId }) => `${memberId} is engaged in ${matchId}, which runs no more (R11)`),
  ),
  ...matches.flatMap((match) =>
    match.participants
      .filter(({ memberId }) => runs(match, memberId))
      .filter(
        ({ memberId }) => !members.some((one) => one.memberId === memberId && one.engagements.some((e) => e.matchId === match.matchId)),
      )
      .map(({ memberId }) => `${match.matchId} runs, and ${memberId} has no place reserved for it (R11)`),
  ),
];

const capacity = ({ seen }: Net): readonly string[] => {
  const held = new Map<string, { capacity: number; giving: ReadonlySet<string> }>();
  return seen.events.flatMap((event): readonly string[] => {
    if (event.type === 'MemberEnrolled' || event.type === 'CapacitySet') {
      const { memberId, capacity: to } = event.data;
      held.set(memberId, { giving: held.get(memberId)?.giving ?? new Set(), capacity: to });
    }
    const before = 'memberId' in event.data ? held.get(event.data.memberId) : undefined;
    if (event.type === 'EngagementReleased' && before)
      held.set(event.data.memberId, { ...before, giving: new Set([...before.giving].filter((id) => id !== event.data.matchId)) });
    if (event.type !== 'EngagementReserved' || event.data.role !== 'giver' || !before) return [];
    held.set(event.data.memberId, { ...before, giving: new Set([...before.giving, event.data.matchId]) });
    return before.giving.size + 1 > before.capacity ? [`${event.data.memberId} gives above capacity (R11)`] : [];
  });
};

const heldBy = (requests: readonly KnownRequest[], requestId: string) => requests.find((request) => request.requestId === requestId);

const requestsOfMatches = ({ matches, requests, runs }: Net): readonly string[] => [
  ...matches.flatMap((match) =>
    match.participants.flatMap((place) => {
      if (place.role !== 'learner' || !runs(match, place.memberId)) return [];
      const request = heldBy(requests, place.requestId);
      // Once confirmed, what its author does to the request does not end the match.
      const fits = request && (match.status === 'opened' ? request.status === 'matched' : !requestHasEnded(request));
      if (request && match.status !== 'opened' && requestHasEnded(request))
        return request.status === 'met' && request.matchId === match.matchId ? [`${place.requestId} is met too soon`] : [];
      return fits && matchOf(request) === match.matchId ? [] : [`${place.requestId} is not matched by ${match.matchId}, which runs (§3)`];
    }),
  ),
  ...requests.flatMap((request) => {
    if (request.status !== 'matched') return [];
    const match = matches.find(({ matchId }) => matchId === request.matchId);
    return match && runs(match, request.memberId) ? [] : [`${request.requestId} is matched by ${request.matchId}, which runs no more (§3)`];
  }),
];

/** R12: who was there, as corrected, has met what they sought; who was not, has not. */
const presences = ({ exchanges, requests }: Net): readonly string[] =>
  exchanges.map(courseOf).flatMap((course) =>
    course.participants.flatMap((place) => {
      const request = place.role === 'learner' && course.outcome ? heldBy(requests, place.requestId) : undefined;
      if (!request) return [];
      const [there, met] = [wasThere(course, place.memberId), request.status === 'met' && request.matchId === course.matchId];
      if (met && !there) return [`${request.requestId} is met, and its author was not there (R12)`];
      const open = there && matchOf(request) === course.matchId;
      return open ? [`${request.requestId} is ${request.status}, and its author was there (R12)`] : [];
    }),
  );

const agreements = ({ seen, matches }: Net): readonly string[] => {
  const opened = seen.events.flatMap((event) => (event.type === 'ExchangeAgreed' ? [event.data.matchId] : []));
  return matches.flatMap(({ matchId, status }) => {
    const count = opened.filter((id) => id === matchId).length;
    return count === (status === 'agreed' ? 1 : 0) ? [] : [`${matchId} is ${status} and has ${count} exchanges (§3)`];
  });
};

const hours = ({ exchanges }: Net): readonly string[] =>
  exchanges.map(courseOf).flatMap(({ exchangeId, outcome, sessions, everyone }) =>
    sessions.flatMap(({ sessionId, minutes, present }) =>
      everyone.flatMap(({ memberId }) => {
        if (!outcome) return [];
        const presence = present.find((one) => one.memberId === memberId);
        const wanted = presence ? [minutes, presence.minutesOutside] : [0, 0];
        const lines = outcome.hours.filter((line) => line.sessionId === sessionId && line.memberId === memberId);
        const sumOf = (part: 'minutes' | 'minutesOutside'): number => lines.reduce((sum, line) => sum + line[part], 0);
        const recorded = [sumOf('minutes'), sumOf('minutesOutside')];
        return `${recorded}` === `${wanted}` ? [] : [`${exchangeId}: ${memberId} has ${recorded} of ${wanted} minutes (R20)`];
      }),
    ),
  );

const firstPublished = ({ seen, offers, requests }: Net): readonly string[] =>
  seen.events.flatMap((event) => {
    if (event.type !== 'MemberEnrolled') return [];
    const entered = [
      ...event.data.offers.map(({ offerId }) => offers.find((offer) => offer.offerId === offerId)),
      ...event.data.requests.map(({ requestId }) => heldBy(requests, requestId)),
    ];
    return entered.every((entry) => entry && entry.status !== 'draft') ? [] : [`${event.data.memberId} entered, unpublished (R1)`];
  });

const isPublished = ({ status }: KnownOffer): boolean => status === 'published' || status === 'review-due';
const isAround = (request: KnownRequest): boolean => ['published', 'review-due', 'matched'].includes(request.status);

/** R2: in grace or suspended are those who lack a side, and nobody else. */
const reciprocity = ({ members, offers, requests }: Net): readonly string[] =>
  members.flatMap((member) => {
    if (!isInNetwork(member)) return [];
    const both =
      offers.some((offer) => offer.memberId === member.memberId && isPublished(offer)) &&
      requests.some((request) => request.memberId === member.memberId && isAround(request));
    const counted = member.status === 'enrolled' || (member.status === 'paused' && member.grace === null);
    return both === counted ? [] : [`${member.memberId} is ${member.status} and has ${both ? 'both sides' : 'a side missing'} (R2)`];
  });

const gone = ({ members, offers, requests, matches, runs }: Net): readonly string[] =>
  members
    .filter(({ status }) => status === 'left' || status === 'erased')
    .flatMap(({ memberId }) => [
      ...[...offers, ...requests]
        .filter((entry) => entry.memberId === memberId && ['published', 'review-due', 'paused', 'matched'].includes(entry.status))
        .map((entry) => `${memberId} left, and has one ${entry.status} (§3)`),
      ...matches.filter((match) => runs(match, memberId)).map(({ matchId }) => `${memberId} left, and stands in ${matchId} (§3)`),
    ]);

/** What does not hold across streams while nothing is under way. */
export const brokenAtRest = (seen: LogContents): readonly string[] => {
  const net = netOf(seen);
  const proposed = net.matches.filter(({ status }) => status === 'proposed').map(({ matchId }) => `${matchId} is proposed for ever (R11)`);
  const rules = [engagements, capacity, requestsOfMatches, presences, agreements, hours, firstPublished, reciprocity, gone];
  return [...proposed, ...rules.flatMap((rule) => rule(net))];
};

const finalMatch: ReadonlySet<MatchState['status']> = new Set(['agreed', 'declined', 'expired', 'superseded', 'not-agreed']);
const finalExchange: ReadonlySet<ExchangeState['status']> = new Set(['closed', 'cancelled', 'interrupted']);

/** What still waits once every window has ended: nothing should (§3). */
export const waitingForEver = (seen: LogContents): readonly string[] => {
  const { matches, exchanges, members, offers, requests } = netOf(seen);
  return [
    ...matches.filter(({ status }) => !finalMatch.has(status)).map(({ matchId, status }) => `${matchId} is ${status} for ever`),
    ...exchanges
      .filter(({ status }) => !finalExchange.has(status))
      .map((state) => `${courseOf(state).exchangeId} is ${state.status} for ever`),
    ...[...offers.map(({ offerId: id, status }) => ({ id, status })), ...requests.map(({ requestId: id, status }) => ({ id, status }))]
      .filter(({ status }) => ['published', 'review-due', 'matched'].includes(status))
      .map(({ id, status }) => `${id} is ${status} for ever`),
    ...members
      .filter(({ status }) => status === 'enrolled' || status === 'in-grace' || status === 'paused')
      .map(({ memberId, status }) => `${memberId} is ${status} for ever`),
    ...members
      .filter((member) => member.status === 'applied' && member.confirmBy !== null)
      .map(({ memberId }) => `${memberId} was entered by another, and waits for ever (R6)`),
  ];
};
