import type { ExchangeId, MatchId, MemberId, RequestId, SessionId } from '#domain/ids';
import type { Participant } from '#domain/vocabulary';
import type { SentCommand } from '#domain/catalogue';
import { isDue, type Fact, type SavoirsProcess } from './process-types';

type ExchangeFact = 'ExchangeAgreed' | 'SessionHeld' | 'SessionCorrected' | 'ParticipantDropped' | 'ExchangeHeld';
type Handled = 'MatchOpened' | 'EngagementReleased' | ExchangeFact;

/** A match that opened and was not held: it keeps the request until its place is released. */
interface Opened {
  readonly matchId: MatchId;
  readonly requestId: RequestId;
  readonly released: boolean;
}

/** An exchange where the member learns; `attended`: the sessions where they were there, as corrected (R12). */
interface Learning {
  readonly exchangeId: ExchangeId;
  readonly matchId: MatchId;
  readonly requestId: RequestId;
  readonly attended: readonly SessionId[];
  readonly held: boolean;
}

interface LearnerRow {
  readonly memberId: MemberId;
  readonly opened: readonly Opened[];
  readonly exchanges: readonly Learning[];
}

type LearnerPlace = Extract<Participant, { role: 'learner' }>;
const learnersOf = (participants: readonly Participant[]): readonly LearnerPlace[] =>
  participants.filter((place) => place.role === 'learner');
const requestOf = (memberId: MemberId, participants: readonly Participant[]): readonly RequestId[] =>
  learnersOf(participants).flatMap((place) => (place.memberId === memberId ? [place.requestId] : []));
const memberIds = (people: readonly { readonly memberId: MemberId }[]): readonly MemberId[] => people.map(({ memberId }) => memberId);

const keys = ({ type, data }: Fact<Handled>): readonly MemberId[] => {
  switch (type) {
    case 'MatchOpened':
    case 'ExchangeAgreed':
    case 'ExchangeHeld':
      return memberIds(learnersOf(data.participants));
    case 'SessionHeld':
      return memberIds(data.present.filter(({ role }) => role === 'learner'));
    case 'EngagementReleased':
    case 'ParticipantDropped':
      return data.role === 'learner' ? [data.memberId] : [];
    case 'SessionCorrected':
      return (data.was ?? data.now)?.role === 'learner' ? [data.memberId] : [];
  }
};

const changed = (row: LearnerRow, exchangeId: ExchangeId, to: (learning: Learning) => readonly Learning[]): LearnerRow => ({
  ...row,
  exchanges: row.exchanges.flatMap((learning) => (learning.exchangeId === exchangeId ? to(learning) : [learning])),
});

const attending = (learning: Learning, sessionId: SessionId, there: boolean): Learning => {
  const others = learning.attended.filter((each) => each !== sessionId);
  return { ...learning, attended: there ? [...others, sessionId] : others };
};

/** A place released was asked about once: its entry goes with the next fact. */
const asked = (row: LearnerRow): LearnerRow => ({ ...row, opened: row.opened.filter(({ released }) => !released) });

const evolve = (row: LearnerRow, event: Fact<Handled>): LearnerRow => {
  switch (event.type) {
    case 'MatchOpened': {
      const { matchId, participants } = event.data;
      const opened = requestOf(row.memberId, participants).map((requestId) => ({ matchId, requestId, released: false }));
      return { ...row, opened: [...row.opened, ...opened] };
    }
    case 'EngagementReleased': {
      const { matchId } = event.data;
      const opened = row.opened.map((each) => (each.matchId === matchId ? { ...each, released: true } : each));
      return { ...row, opened, exchanges: row.exchanges.filter(({ held, ...each }) => held || each.matchId !== matchId) };
    }
    case 'ExchangeAgreed': {
      const { exchangeId, matchId, participants } = event.data;
      const begun = requestOf(row.memberId, participants).map((requestId) => ({
        exchangeId,
        matchId,
        requestId,
        attended: [],
        held: false,
      }));
      return { ...row, exchanges: [...row.exchanges, ...begun] };
    }
    case 'SessionHeld':
      return changed(row, event.data.exchangeId, (learning) => [attending(learning, event.data.sessionId, true)]);
    case 'SessionCorrected':
      return changed(row, event.data.exchangeId, (learning) => [attending(learning, event.data.sessionId, event.data.now !== null)]);
    // §3: who was dropped seeks anew, whatever they correct later.
    case 'ParticipantDropped':
      return changed(row, event.data.exchangeId, () => []);
    case 'ExchangeHeld': {
      const held = changed(row, event.data.exchangeId, (learning) => [{ ...learning, held: true }]);
      return { ...held, opened: row.opened.filter(({ matchId }) => matchId !== event.data.matchId) };
    }
  }
};

const metOrReopened = ({ requestId, matchId, exchangeId }: Learning, met: boolean): SentCommand =>
  met ? { type: 'MeetRequest', data: { requestId, matchId, exchangeId } } : { type: 'ReopenRequest', data: { requestId, matchId } };

/** R12: their word turns it only where it is about the one session that they were at. */
const turns = ({ attended, held }: Learning, { data }: Fact<'SessionCorrected'>): boolean =>
  held && (data.was === null) !== (data.now === null) && attended.every((sessionId) => sessionId === data.sessionId);

const react = ({ memberId, opened, exchanges }: LearnerRow, event: Fact<Handled>): readonly SentCommand[] => {
  switch (event.type) {
    case 'MatchOpened': {
      const { matchId, participants } = event.data;
      return requestOf(memberId, participants).map((requestId) => ({ type: 'MatchRequest', data: { requestId, matchId } }));
    }
    case 'EngagementReleased':
      return opened.flatMap(({ matchId, requestId }) =>
        matchId === event.data.matchId ? [{ type: 'ReopenRequest', data: { requestId, matchId } } as const] : [],
      );
    case 'ExchangeHeld': {
      const there = event.data.present.some((person) => person.memberId === memberId && person.role === 'learner');
      return exchanges.flatMap((learning) => (learning.exchangeId === event.data.exchangeId ? [metOrReopened(learning, there)] : []));
    }
    case 'SessionCorrected':
      return exchanges.flatMap((learning) =>
        learning.exchangeId === event.data.exchangeId && turns(learning, event) ? [metOrReopened(learning, event.data.now !== null)] : [],
      );
    default:
      return [];
  }
};

/**
 * §3 consequences: a request is matched when its match opens, met when its exchange is held with its author there, and re-opened once its
 * place is released at any other end (R11). One row a learner: their stream lets no match open before the former one's place is released,
 * so that what becomes of one match is always told before the next one holds the request.
 */
export const matchedRequests: SavoirsProcess<Handled, LearnerRow> = {
  name: 'matched-requests',
  version: 2,
  handles: {
    MatchOpened: true,
    EngagementReleased: true,
    ExchangeAgreed: true,
    SessionHeld: true,
    SessionCorrected: true,
    ParticipantDropped: true,
    ExchangeHeld: true,
  },
  keys,
  evolve: (row, event, key) => ({ row: evolve(asked(row ?? { memberId: key as MemberId, opened: [], exchanges: [] }), event) }),
  react: (row, cause) => (isDue(cause) ? [] : react(row, cause)),
};
