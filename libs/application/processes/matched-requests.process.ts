import type { MatchId, RequestId } from '#domain/ids';
import type { Participant } from '#domain/vocabulary';
import type { SavoirsOrder } from '#domain/catalogue';
import { isDue, type Fact, type SavoirsProcess } from './process-types';

type Handled =
  | 'MatchOpened'
  | 'MatchDeclined'
  | 'MatchConfirmed'
  | 'MatchExpired'
  | 'AgreementNotReached'
  | 'ParticipantDropped'
  | 'ExchangeHeld'
  | 'ExchangeCancelled'
  | 'ExchangeInterrupted';

interface MatchedRequestsRow {
  readonly matchId: MatchId;
  /** Whoever opened the match as a learner and has not been dropped since. */
  readonly learners: readonly Extract<Participant, { role: 'learner' }>[];
}

const learnersOf = (participants: readonly Participant[]) => participants.filter((place) => place.role === 'learner');
const requestsOf = (participants: readonly Participant[]): readonly RequestId[] =>
  learnersOf(participants).map(({ requestId }) => requestId);

const reopen = (matchId: MatchId, requests: readonly RequestId[]): readonly SavoirsOrder[] =>
  requests.map((requestId) => ({ type: 'ReopenRequest', data: { requestId, matchId } }));

const held = (row: MatchedRequestsRow, { data }: Fact<'ExchangeHeld'>): readonly SavoirsOrder[] => {
  const { matchId, exchangeId } = data;
  const there = (memberId: string) => data.present.some((person) => person.memberId === memberId && person.role === 'learner');
  const met = row.learners.filter(({ memberId }) => there(memberId)).map(({ requestId }) => requestId);
  const without = row.learners.filter(({ memberId }) => !there(memberId)).map(({ requestId }) => requestId);
  return [
    ...met.map((requestId) => ({ type: 'MeetRequest', data: { requestId, matchId, exchangeId } }) as const),
    ...reopen(matchId, without),
  ];
};

const react = (row: MatchedRequestsRow, event: Fact<Handled>, everyone: readonly RequestId[]): readonly SavoirsOrder[] => {
  const { matchId } = row;
  switch (event.type) {
    case 'MatchOpened':
      return everyone.map((requestId) => ({ type: 'MatchRequest', data: { requestId, matchId } }));
    case 'MatchDeclined':
      return reopen(
        matchId,
        event.data.ends
          ? everyone
          : row.learners.filter(({ memberId }) => memberId === event.data.memberId).map(({ requestId }) => requestId),
      );
    case 'MatchConfirmed':
      return reopen(matchId, requestsOf(event.data.dropped));
    case 'ParticipantDropped':
      return reopen(matchId, requestsOf([event.data.participant]));
    case 'ExchangeHeld':
      return held(row, event);
    case 'MatchExpired':
    case 'AgreementNotReached':
    case 'ExchangeCancelled':
    case 'ExchangeInterrupted':
      return reopen(matchId, everyone);
  }
};

/** §3 consequences: a request is matched when its match opens, met when its exchange is held with its author there, and re-opened at any other end. */
export const matchedRequests: SavoirsProcess<Handled, MatchedRequestsRow> = {
  name: 'matched-requests',
  version: 1,
  handles: {
    MatchOpened: true,
    MatchDeclined: true,
    MatchConfirmed: true,
    MatchExpired: true,
    AgreementNotReached: true,
    ParticipantDropped: true,
    ExchangeHeld: true,
    ExchangeCancelled: true,
    ExchangeInterrupted: true,
  },
  keys: ({ data }) => [data.matchId],
  // Who was dropped is told by the request itself: it ignores a match that no longer holds it, so the row may keep them.
  evolve: (row, { type, data }) => ({
    row: type === 'MatchOpened' ? { matchId: data.matchId, learners: learnersOf(data.participants) } : (row ?? null),
  }),
  react: (row, cause) =>
    isDue(cause)
      ? []
      : react(
          row,
          cause,
          row.learners.map(({ requestId }) => requestId),
        ),
};
