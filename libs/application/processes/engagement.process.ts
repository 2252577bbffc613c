import type { MatchId, MemberId } from '#domain/ids';
import type { Participant } from '#domain/vocabulary';
import type { SentCommand } from '#domain/catalogue';
import { isDue, type Fact, type SavoirsProcess } from './process-types';

type MatchFact =
  'MatchProposed' | 'MatchOpened' | 'MatchSuperseded' | 'MatchDeclined' | 'MatchConfirmed' | 'MatchExpired' | 'AgreementNotReached';
type ExchangeFact = 'ParticipantDropped' | 'ExchangeHeld' | 'ExchangeCancelled' | 'ExchangeInterrupted';
type Handled = MatchFact | ExchangeFact | 'EngagementReserved' | 'EngagementRefused';

interface EngagementRow {
  readonly matchId: MatchId;
  /** Who stands in it still: who declined before it opened is waited for no more. */
  readonly participants: readonly Participant[];
  readonly reserved: readonly MemberId[];
  /** The match's end was seen: a reservation that comes late is given back. */
  readonly over: boolean;
}

const OVER: ReadonlySet<string> = new Set([
  'MatchSuperseded',
  'MatchExpired',
  'AgreementNotReached',
  'ExchangeHeld',
  'ExchangeCancelled',
  'ExchangeInterrupted',
]);
const ends = (event: Fact<Handled>): boolean => OVER.has(event.type) || (event.type === 'MatchDeclined' && event.data.ends);

const evolve = (row: EngagementRow | undefined, event: Fact<Handled>): EngagementRow | null => {
  const { matchId } = event.data;
  if (event.type === 'MatchProposed') return { matchId, participants: event.data.participants, reserved: [], over: false };
  if (!row) return null;
  if (event.type === 'EngagementReserved') return { ...row, reserved: [...row.reserved, event.data.memberId] };
  if (ends(event)) return { ...row, over: true };
  if (event.type !== 'MatchDeclined') return row;
  const { memberId } = event.data;
  return { ...row, participants: row.participants.filter((place) => place.memberId !== memberId) };
};

const reserve = (matchId: MatchId, place: Participant): SentCommand => ({
  type: 'ReserveEngagement',
  data: {
    matchId,
    memberId: place.memberId,
    role: place.role,
    offerId: place.role === 'giver' ? place.offerId : null,
    requestId: place.role === 'learner' ? place.requestId : null,
  },
});

const release = (matchId: MatchId, members: readonly MemberId[]): readonly SentCommand[] =>
  members.map((memberId) => ({ type: 'ReleaseEngagement', data: { memberId, matchId } }));

/** A match that is open already is not opened again. */
const openIfReserved = ({ matchId, participants, reserved }: EngagementRow): readonly SentCommand[] =>
  participants.every(({ memberId }) => reserved.includes(memberId)) ? [{ type: 'OpenMatch', data: { matchId } }] : [];

const react = (row: EngagementRow, event: Fact<Handled>): readonly SentCommand[] => {
  const { matchId, participants, over } = row;
  const everyone = participants.map(({ memberId }) => memberId);
  if (ends(event)) return release(matchId, everyone);
  switch (event.type) {
    case 'MatchProposed':
      return participants.map((place) => reserve(matchId, place));
    case 'EngagementReserved':
      if (over) return release(matchId, [event.data.memberId]);
      return openIfReserved(row);
    case 'EngagementRefused':
      return [{ type: 'SupersedeMatch', data: { matchId, memberId: event.data.memberId, reason: event.data.reason } }];
    case 'MatchDeclined':
      return [...release(matchId, [event.data.memberId]), ...openIfReserved(row)];
    case 'ParticipantDropped':
      return release(matchId, [event.data.memberId]);
    case 'MatchConfirmed':
      return release(
        matchId,
        event.data.dropped.map(({ memberId }) => memberId),
      );
    default:
      return [];
  }
};

/** R11: a proposal reserves on each participant's stream; all reserved opens the match, one refused supersedes it; every end releases. */
export const engagement: SavoirsProcess<Handled, EngagementRow> = {
  name: 'engagement',
  version: 1,
  handles: {
    MatchProposed: true,
    MatchOpened: true,
    MatchSuperseded: true,
    MatchDeclined: true,
    MatchConfirmed: true,
    MatchExpired: true,
    AgreementNotReached: true,
    ParticipantDropped: true,
    ExchangeHeld: true,
    ExchangeCancelled: true,
    ExchangeInterrupted: true,
    EngagementReserved: true,
    EngagementRefused: true,
  },
  keys: ({ data }) => [data.matchId],
  evolve: (row, event) => ({ row: evolve(row, event) }),
  react: (row, cause) => (isDue(cause) ? [] : react(row, cause)),
};
