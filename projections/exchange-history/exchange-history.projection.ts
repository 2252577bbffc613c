import { exchangeEvents } from '#domain/event-types';
import type { Actor, Personal, Recorded } from '#kernel/message';
import type { Instant } from '#kernel/id';
import type { Projection } from '#kernel/projection';
import type { EvaluationForm, ExchangeEvent } from '#domain/exchange/exchange.events';
import type { ExchangeId, MatchId, MemberId, NetworkId, Salt, SessionId } from '#domain/ids';
import type { Agreement } from '#domain/match/match.events';
import type { ExchangeRole, Participant, Presence } from '#domain/vocabulary';

/** One line of the history: what an auditor opens. */
export interface HistoryLine {
  readonly eventId: string;
  readonly type: ExchangeEvent['type'];
  readonly occurredAt: Instant;
  readonly recordedAt: Instant;
  readonly actor: Actor;
}

export interface SessionLine {
  readonly sessionId: SessionId;
  readonly start: Instant;
  readonly minutes: number;
  readonly held: boolean;
  readonly present: readonly Presence[];
  /** Reported no-shows, contested ones marked. */
  readonly noShows: readonly { readonly memberId: MemberId; readonly contested: boolean }[];
}

export interface EvaluationLine {
  readonly memberId: MemberId;
  readonly role: ExchangeRole;
  /** Every version, the last one counts (R13). */
  readonly versions: readonly EvaluationForm[];
}

export interface FollowUpLine {
  readonly memberId: MemberId;
  readonly usedAtWork: boolean;
  readonly example: Personal | null;
}

export interface HistoryRow {
  readonly exchangeId: ExchangeId;
  readonly networkId: NetworkId;
  readonly matchId: MatchId;
  readonly status: 'agreed' | 'in-progress' | 'held' | 'closed' | 'cancelled' | 'interrupted';
  readonly disputed: boolean;
  readonly participants: readonly Participant[];
  /** Whoever had a place when it was agreed. */
  readonly agreedBy: readonly MemberId[];
  readonly mediatorId: MemberId | null;
  readonly topicUri: string | null;
  readonly agreement: Agreement;
  readonly sessions: readonly SessionLine[];
  readonly confirmedBy: readonly MemberId[];
  readonly evaluateBy: Instant | null;
  readonly evaluations: readonly EvaluationLine[];
  /** R13: sealed until all are in or the window ended, by a dispute that closed the exchange, too. */
  readonly unsealed: boolean;
  readonly followUps: readonly FollowUpLine[];
  readonly timeline: readonly HistoryLine[];
  /** Of each form and follow-up, in their order: what keeps a hash over the row from being tried (R15). Never shown. */
  readonly salts: readonly (Salt | null)[];
}

/** A history as anybody may see it. */
export type ShownHistory = Omit<HistoryRow, 'salts'>;

const session = (row: HistoryRow, sessionId: SessionId, change: (before: SessionLine | undefined) => SessionLine): HistoryRow => {
  const known = row.sessions.some((line) => line.sessionId === sessionId);
  const sessions = known
    ? row.sessions.map((line) => (line.sessionId === sessionId ? change(line) : line))
    : [...row.sessions, change(undefined)];
  return { ...row, sessions };
};

const agreed = ({ data }: Extract<Recorded<ExchangeEvent>, { type: 'ExchangeAgreed' }>): HistoryRow => ({
  exchangeId: data.exchangeId,
  networkId: data.networkId,
  matchId: data.matchId,
  status: 'agreed',
  disputed: false,
  participants: data.participants,
  agreedBy: data.participants.map(({ memberId }) => memberId),
  mediatorId: data.mediatorId,
  topicUri: data.topicUri,
  agreement: data.agreement,
  sessions: data.agreement.sessions.map((planned) => ({ held: false, present: [], noShows: [], ...planned })),
  confirmedBy: [],
  evaluateBy: null,
  evaluations: [],
  unsealed: false,
  followUps: [],
  timeline: [],
  salts: [],
});

const noShow = (row: HistoryRow, sessionId: SessionId, memberId: MemberId, contested: boolean): HistoryRow => ({
  ...row,
  sessions: row.sessions.map((line) =>
    line.sessionId === sessionId
      ? { ...line, noShows: [...line.noShows.filter((one) => one.memberId !== memberId), { memberId, contested }] }
      : line,
  ),
});

/** R12: sessions still to come when it is recorded fall away; a past one stays, with who did not come (§3). */
const isKept =
  (heldAt: Instant) =>
  ({ held, start }: SessionLine): boolean =>
    held || start <= heldAt;

const salted = (row: HistoryRow, { salt }: { readonly salt: Salt | null }): HistoryRow => ({ ...row, salts: [...row.salts, salt] });

const fold = (row: HistoryRow, event: Recorded<ExchangeEvent>): HistoryRow => {
  switch (event.type) {
    case 'ExchangeAgreed':
      return row;
    case 'ExchangeRescheduled':
      return session(row, event.data.sessionId, (before) => ({ held: false, present: [], noShows: [], ...before, ...event.data.to }));
    case 'ParticipantDropped':
      return { ...row, participants: row.participants.filter(({ memberId }) => memberId !== event.data.memberId) };
    case 'SessionHeld': {
      const { sessionId, start, minutes, present } = event.data;
      return {
        ...session(row, sessionId, (before) => ({ noShows: [], ...before, sessionId, start, minutes, present, held: true })),
        status: 'in-progress',
      };
    }
    case 'SessionCorrected': {
      const { sessionId, memberId, now } = event.data;
      const present = (before: readonly Presence[]) => [...before.filter((one) => one.memberId !== memberId), ...(now ? [now] : [])];
      return {
        ...row,
        sessions: row.sessions.map((line) => (line.sessionId === sessionId ? { ...line, present: present(line.present) } : line)),
      };
    }
    case 'HeldConfirmed':
      return { ...row, confirmedBy: [...row.confirmedBy, event.data.by] };
    case 'ExchangeHeld':
      return { ...row, status: 'held', evaluateBy: event.data.evaluateBy, sessions: row.sessions.filter(isKept(event.meta.recordedAt)) };
    case 'ExchangeCancelled':
      return { ...row, status: 'cancelled' };
    case 'ExchangeInterrupted':
      return { ...row, status: 'interrupted' };
    case 'NoShowReported':
      return noShow(row, event.data.sessionId, event.data.memberId, false);
    case 'NoShowContested':
      return noShow(row, event.data.sessionId, event.data.memberId, true);
    case 'ExchangeDisputed':
      return { ...row, disputed: true };
    case 'DisputeSettled':
      return { ...row, disputed: false };
    case 'EvaluationSubmitted':
      return {
        ...salted(row, event.data),
        evaluations: [...row.evaluations, { memberId: event.data.memberId, role: event.data.role, versions: [event.data.form] }],
      };
    case 'EvaluationAmended': {
      const { memberId, form } = event.data;
      return {
        ...salted(row, event.data),
        evaluations: row.evaluations.map((line) => (line.memberId === memberId ? { ...line, versions: [...line.versions, form] } : line)),
      };
    }
    case 'ExchangeEvaluated':
      return { ...row, unsealed: true };
    case 'ExchangeClosed':
      return { ...row, status: 'closed', unsealed: true };
    case 'HeldSettled':
    case 'TrainingHoursRecorded':
    case 'FollowUpDue':
      return row;
    case 'FollowUpSubmitted': {
      const { memberId, usedAtWork, example } = event.data;
      return { ...salted(row, event.data), followUps: [...row.followUps, { memberId, usedAtWork, example }] };
    }
  }
};

const line = ({ type, meta }: Recorded<ExchangeEvent>): HistoryLine => ({
  eventId: meta.eventId,
  type,
  occurredAt: meta.occurredAt,
  recordedAt: meta.recordedAt,
  actor: meta.actor,
});

/** The full history of each exchange, for those who took part, and, pseudonymised, for the auditor. */
export const exchangeHistory: Projection<ExchangeEvent, HistoryRow> = {
  name: 'exchange-history',
  version: 4,
  handles: exchangeEvents,
  keys: ({ data }) => [data.exchangeId],
  evolve: (before, event) => {
    const row = event.type === 'ExchangeAgreed' ? agreed(event) : before;
    if (!row) return { row: null };
    return { row: { ...fold(row, event), timeline: [...row.timeline, line(event)] }, evidence: [event.meta.eventId] };
  },
};
