import type { Instant } from '#kernel/id';
import { addDays } from '#domain/calendar';
import type { CriterionId, ExchangeId, MatchId, RoundId, SessionId } from '#domain/ids';
import { asMediator, asMember, moe, system } from '#testing/people';
import { one, pick, type Act, type Stage } from './random-acts.fixture';

const scores = { topic: 1, level: 1, language: 1, distance: 1, availability: 1, reciprocity: 1, waiting: 1, total: 1 };

export const propose = ({ offers, requests, number }: Stage, a: number, b: number): readonly Act[] => {
  const offer = pick(offers, a);
  const sought = requests.filter(({ memberId }) => memberId !== offer?.memberId);
  const first = pick(sought, b);
  const second = pick(
    sought.filter(({ memberId }) => memberId !== first?.memberId),
    a,
  );
  if (!offer || !first) return [];
  const learners = [first, ...(b % 3 === 0 && second ? [second] : [])];
  const asks = a % 4 === 1;
  const data = {
    matchId: `match-${number}` as MatchId,
    participants: [
      { memberId: offer.memberId, role: 'giver', offerId: offer.offerId } as const,
      ...learners.map(({ memberId, requestId }) => ({ memberId, role: 'learner', requestId }) as const),
    ],
    topicUri: null,
    level: 'beginner',
    language: 'fr',
    smallestGroup: learners.length > 1 && a % 2 === 0 ? 2 : 1,
    ringId: null,
    metBefore: a % 3 === 0,
    score: scores,
    facts: { largestGroup: 3, topicSteps: 0, lastTogether: null },
    origin: asks ? ({ kind: 'member', by: first.memberId } as const) : ({ kind: 'round', roundId: 'round-1' as RoundId } as const),
  } as const;
  return one(asks ? asMember(first.memberId) : system, { type: 'ProposeMatch', data });
};

export const accept = ({ matches }: Stage, a: number): readonly Act[] => {
  const match = pick(
    matches.filter(({ status }) => status === 'opened'),
    a,
  );
  return (match?.participants ?? []).flatMap(({ memberId }, index) =>
    a % 5 === 0 && index === 0 ? [] : one(asMember(memberId), { type: 'AcceptMatch', data: { matchId: match!.matchId, memberId } }),
  );
};

export const decline = ({ matches }: Stage, a: number, b: number): readonly Act[] => {
  const match = pick(
    matches.filter(({ status }) => status === 'opened' || status === 'proposed'),
    a,
  );
  const place = match && pick(match.participants, b);
  if (!place) return [];
  return one(asMember(place.memberId), {
    type: 'DeclineMatch',
    data: { matchId: match.matchId, memberId: place.memberId, reason: 'no-time' },
  });
};

/** A learner of the match that opened last wants it no more. */
export const declineLast = ({ matches }: Stage): readonly Act[] => {
  const match = matches.findLast(({ status }) => status === 'opened');
  const place = match?.participants.find(({ role }) => role === 'learner');
  if (!match || !place) return [];
  const { memberId } = place;
  return one(asMember(memberId), { type: 'DeclineMatch', data: { matchId: match.matchId, memberId, reason: 'no-time' } });
};

const agreementAt = (now: Instant, number: number) => ({
  content: 'Tableaux',
  method: 'Côte à côte',
  place: 'Salle 2',
  sessions: [1, 2].map((day) => ({ sessionId: `s${number}-${day}` as SessionId, start: addDays(now, day), minutes: 60 })),
  criteria: [{ criterionId: 'c1' as CriterionId, text: 'Sait filtrer' }],
});

/** As far as it goes in one sitting: connection and agreement, or the next confirmation where it is waived. */
export const agree = ({ matches, now, number }: Stage, a: number): readonly Act[] => {
  const match = pick(
    matches.filter(({ status }) => ['confirmed', 'connection-planned', 'awaiting-confirmation'].includes(status)),
    a,
  );
  if (!match) return [];
  const { matchId } = match;
  if (match.status === 'awaiting-confirmation')
    return match.awaiting.flatMap((memberId) => one(asMember(memberId), { type: 'ConfirmAgreement', data: { matchId, memberId } }));
  const record = {
    type: 'RecordAgreement',
    data: { matchId, exchangeId: `of-${matchId}` as ExchangeId, agreement: agreementAt(now, number) },
  } as const;
  if (match.connectionWaived && a % 2 === 0) return one(asMember(match.participants[0]!.memberId), record);
  const connect = { type: 'PlanConnection', data: { matchId, mediatorId: moe, start: addDays(now, 1), place: 'Salle 1' } } as const;
  return [...one(asMediator(), connect), ...(a % 3 === 0 ? [] : one(asMediator(), record))];
};

export const giveUp = ({ matches }: Stage, a: number): readonly Act[] => {
  const match = pick(matches, a);
  return match ? one(asMediator(), { type: 'GiveUpAgreement', data: { matchId: match.matchId, reason: 'other' } }) : [];
};
