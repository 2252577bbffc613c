import type { Instant } from '#kernel/id';
import type { Recorded } from '#kernel/message';
import type { ExchangeEvent } from '#domain/exchange/exchange.events';
import type { ExchangeId, MemberId, NetworkId, SessionId } from '#domain/ids';
import type { Participant } from '#domain/vocabulary';
import { PARTICIPANTS, wait, type Wait } from './wait';

/** Of what happens to an exchange, all that tells of no answer to an evaluation or a follow-up (R15). */
export type CourseEvent = Exclude<
  ExchangeEvent,
  {
    type:
      | 'EvaluationSubmitted'
      | 'EvaluationAmended'
      | 'ExchangeEvaluated'
      | 'ExchangeClosed'
      | 'FollowUpDue'
      | 'FollowUpSubmitted'
      | 'SessionCorrected'
      | 'TrainingHoursRecorded';
  }
>;

/** An exchange, as far as somebody is expected to do something about it. */
export interface ExchangeRow {
  readonly kind: 'exchange';
  readonly id: ExchangeId;
  readonly networkId: NetworkId;
  readonly participants: readonly Participant[];
  /** Who dropped out. */
  readonly formerly: readonly MemberId[];
  readonly mediatorId: MemberId | null;
  readonly topicUri: string | null;
  /** Planned starts by session, moved ones at their last (§5). */
  readonly planned: Readonly<Record<SessionId, Instant>>;
  readonly reportBy: Instant;
  readonly lapseAt: Instant;
  readonly waits: readonly Wait[];
}

const SETTLING = new Set(['settle-dispute', 'case-overdue']);
const idsOf = (participants: readonly Participant[]): readonly MemberId[] => [...new Set(participants.map(({ memberId }) => memberId))];
const without = (row: ExchangeRow, gone: (wait: Wait) => boolean): ExchangeRow => ({
  ...row,
  waits: row.waits.filter((one) => !gone(one)),
});

/** Until somebody reports: the participants from the first session on, the mediator (or a facilitator) from `reportBy`. */
const askReport = (row: ExchangeRow, since: Instant): ExchangeRow => {
  const first = Object.values(row.planned).sort()[0] ?? since;
  const waits = [
    ...idsOf(row.participants).map((memberId) => wait(memberId, 'report-session', since, row.lapseAt, first)),
    wait(row.mediatorId ?? 'facilitator', 'report-overdue', since, row.lapseAt, row.reportBy),
  ];
  return { ...row, waits: [...row.waits.filter(({ why }) => why !== 'report-session' && why !== 'report-overdue'), ...waits] };
};

const askHeld = (row: ExchangeRow, by: MemberId | null, since: Instant): ExchangeRow => {
  const kept = row.waits.filter(
    ({ why, who }) =>
      !(why === 'report-session' || why === 'report-overdue' || why === 'settle-held') && !(why === 'confirm-held' && who === by),
  );
  const asked = kept.some(({ why }) => why === 'confirm-held') ? [] : idsOf(row.participants).filter((memberId) => memberId !== by);
  const confirm = asked.map((memberId) => wait(memberId, 'confirm-held', since, row.lapseAt));
  return { ...row, waits: [...kept, ...confirm, wait(row.mediatorId ?? 'facilitator', 'settle-held', since, row.lapseAt)] };
};

const opened = ({ data, meta }: Extract<Recorded<CourseEvent>, { type: 'ExchangeAgreed' }>): ExchangeRow => {
  const { exchangeId: id, networkId, participants, mediatorId, topicUri, reportBy, lapseAt } = data;
  const planned = Object.fromEntries(data.agreement.sessions.map(({ sessionId, start }) => [sessionId, start]));
  return askReport(
    { kind: 'exchange', id, networkId, participants, formerly: [], mediatorId, topicUri, planned, reportBy, lapseAt, waits: [] },
    meta.occurredAt,
  );
};

/** Its windows are told from the beginning, and end by the clock: whoever has answered moves nothing here (R15). */
const held = (row: ExchangeRow, { data, meta }: Extract<Recorded<CourseEvent>, { type: 'ExchangeHeld' }>): ExchangeRow => ({
  ...row,
  waits: [
    ...row.waits.filter(({ why }) => SETTLING.has(why) || why === 'contest-no-show'),
    wait(PARTICIPANTS, 'evaluate', meta.recordedAt, data.evaluateBy),
    wait(PARTICIPANTS, 'follow-up', data.followUpFrom, data.followUpUntil),
  ],
});

/** The exchange after one event; null once nobody is expected to do anything. */
export const foldExchange = (row: ExchangeRow | undefined, event: Recorded<CourseEvent>): ExchangeRow | null => {
  if (event.type === 'ExchangeAgreed') return opened(event);
  if (!row) return null;
  const since = event.meta.recordedAt;
  switch (event.type) {
    case 'ExchangeRescheduled': {
      const { sessionId, to, reportBy, lapseAt } = event.data;
      return askReport({ ...row, planned: { ...row.planned, [sessionId]: to.start }, reportBy, lapseAt }, since);
    }
    case 'ParticipantDropped': {
      const { memberId: gone } = event.data;
      const participants = row.participants.filter(({ memberId }) => memberId !== gone);
      return without({ ...row, participants, formerly: [...row.formerly, gone] }, ({ who }) => who === gone);
    }
    case 'SessionHeld':
      return askHeld(row, null, since);
    case 'HeldConfirmed':
      return askHeld(row, event.data.by, since);
    case 'HeldSettled':
      return event.data.outcome === 'held'
        ? row
        : askReport(
            without(row, ({ why }) => why === 'confirm-held' || why === 'settle-held'),
            since,
          );
    case 'ExchangeHeld':
      return held(row, event);
    case 'NoShowReported':
      return { ...row, waits: [...row.waits, wait(event.data.memberId, 'contest-no-show', since, event.data.contestBy)] };
    case 'NoShowContested':
      return without(row, ({ who, why }) => why === 'contest-no-show' && who === event.data.memberId);
    case 'ExchangeDisputed':
      return {
        ...row,
        waits: [
          ...row.waits,
          wait('facilitator', 'settle-dispute', since, event.data.settleBy),
          wait('network-lead', 'case-overdue', since, null, event.data.settleBy),
        ],
      };
    case 'DisputeSettled':
      return event.data.outcome === 'closed'
        ? without(row, ({ why }) => why !== 'follow-up' && why !== 'contest-no-show')
        : without(row, ({ why }) => SETTLING.has(why));
    case 'ExchangeCancelled':
    case 'ExchangeInterrupted':
      return null;
  }
};
