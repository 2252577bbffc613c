import { accept, refuse } from '#kernel/decider';
import type { Instant } from '#kernel/id';
import { addDays, later, minutesBetween } from '../calendar';
import type { NetworkFacts } from '../command';
import { dateRefusal, plannedRange } from '../date-range';
import type { PlannedSession } from '../match/match.events';
import { saidBefore } from '../said-before';
import { sameValue } from '../same-value';
import { acceptWith } from './consequences';
import { planWith } from './exchange.evolve';
import type { ExchangeCommandOf, ExchangeDecision, ExchangeState, KnownExchange, Undisputed } from './exchange.state';
import { courseOf, haveBothRoles, idsOf, isOpen, mediates, participates, tookPart, whyNotOpen } from './exchange.state';

export const isMinutes = (minutes: number): boolean => Number.isInteger(minutes) && minutes >= 1 && minutes <= 720;

/** §3: report within 14 days after the last session of the plan; what was planned for the past, after now. */
const reportWindows = (sessions: readonly { readonly start: Instant }[], at: Instant, { policy }: NetworkFacts) => {
  const reportBy = addDays(
    sessions.reduce((last, { start }) => later(last, start), at),
    policy.reportDays,
  );
  return { reportBy, lapseAt: addDays(reportBy, policy.lapseDays) };
};

export const openExchange = ({ data, by, at, network }: ExchangeCommandOf<'OpenExchange'>, state: ExchangeState): ExchangeDecision => {
  if (by.role !== 'system') return refuse({ code: 'not-allowed' });
  if (state.status !== 'unknown') return courseOf(state).matchId === data.matchId ? accept() : refuse({ code: 'exchange-exists' });
  const { sessions, criteria } = data.agreement;
  if (sessions.length === 0 || criteria.length === 0 || !haveBothRoles(data.participants)) return refuse({ code: 'no-agreement' });
  return accept({ type: 'ExchangeAgreed', data: { ...data, networkId: network.networkId, ...reportWindows(sessions, at, network) } });
};

/** §3: a session is moved, or planned once more after a no-show; the windows follow the plan. */
export const rescheduleSession = (command: ExchangeCommandOf<'RescheduleSession'>, state: KnownExchange): ExchangeDecision => {
  const { data, by, at, network } = command;
  const course = courseOf(state);
  if (!participates(by, course) && !mediates(by, course, network)) return refuse({ code: 'not-allowed' });
  const { sessionId } = data;
  const to: PlannedSession = { sessionId, start: data.to.start, minutes: data.to.minutes };
  const former = course.planned.find((each) => each.sessionId === sessionId);
  if (sameValue(former && { sessionId, start: former.start, minutes: former.minutes }, to)) return accept();
  if (state.status === 'disputed') return refuse({ code: 'exchange-disputed' });
  if (!isOpen(course)) return refuse(whyNotOpen(course));
  if (course.sessions.some((each) => each.sessionId === sessionId)) return refuse({ code: 'session-reported' });
  if (!isMinutes(to.minutes)) return refuse({ code: 'session-invalid' });
  if (!(to.start >= at)) return refuse({ code: 'session-in-the-past' });
  const refusal = dateRefusal('start', to.start, plannedRange(command));
  if (refusal) return refuse(refusal);
  const windows = reportWindows([...planWith(course.planned, to), ...course.sessions], at, network);
  const from = former?.start ?? null;
  const noticeMinutes = from && minutesBetween(at, from);
  return accept({ type: 'ExchangeRescheduled', data: { ...idsOf(course), ...windows, by: by.id, sessionId, from, to, noticeMinutes } });
};

/** Minutes until the next planned session; null where none is to come. */
const noticeOf = ({ planned }: Undisputed, at: Instant): number | null => {
  const next = planned
    .map(({ start }) => start)
    .filter((start) => start > at)
    .sort()[0];
  return next ? minutesBetween(at, next) : null;
};

export const cancelExchange = (command: ExchangeCommandOf<'CancelExchange'>, state: KnownExchange): ExchangeDecision => {
  const { data, by, at, network } = command;
  const course = courseOf(state);
  const may = participates(by, course) || mediates(by, course, network) || by.role === 'facilitator';
  if (!may) return refuse({ code: 'not-allowed' });
  if (course.status === 'cancelled') return saidBefore(course.reason, data.reason, { code: 'exchange-ended' });
  if (state.status === 'disputed') return refuse({ code: 'exchange-disputed' });
  if (!isOpen(course)) return refuse(whyNotOpen(course));
  const { matchId, participants, planned: sessions } = course;
  const told = { by: by.id, reason: data.reason, noticeMinutes: noticeOf(course, at), sessions };
  return accept({ type: 'ExchangeCancelled', data: { ...idsOf(course), matchId, participants, ...told } });
};

/** R6: by oneself, or as a consequence of leaving the network; the others go on while a giver and a learner remain. */
export const dropOut = (command: ExchangeCommandOf<'DropOut'>, state: KnownExchange): ExchangeDecision => {
  const { data, by } = command;
  const { memberId, reason } = data;
  const course = courseOf(state);
  if (by.role !== 'system' && by.id !== memberId) return refuse({ code: 'not-allowed' });
  if (!tookPart(course, memberId)) return refuse({ code: 'not-a-participant' });
  const participant = course.participants.find((each) => each.memberId === memberId);
  if (!participant) {
    const before = course.dropped.find((each) => each.memberId === memberId);
    return by.role === 'system' ? accept() : saidBefore(before?.reason, reason, { code: 'already-dropped-out' });
  }
  if (!isOpen(course)) return refuse(whyNotOpen(course));
  const { matchId, participants } = course;
  const others = participants.filter((each) => each.memberId !== memberId);
  const dropped = { ...idsOf(course), matchId, memberId, role: participant.role, participant, others, reason };
  return acceptWith(state, command, { type: 'ParticipantDropped', data: dropped });
};

export const interruptExchange = (command: ExchangeCommandOf<'InterruptExchange'>, state: KnownExchange): ExchangeDecision => {
  const { data, by, network } = command;
  const course = courseOf(state);
  const may = participates(by, course) || mediates(by, course, network) || by.role === 'facilitator';
  if (!may || data.reason === 'unreported') return refuse({ code: 'not-allowed' });
  if (course.status === 'interrupted') return saidBefore(course.reason, data.reason, { code: 'exchange-ended' });
  if (state.status === 'disputed') return refuse({ code: 'exchange-disputed' });
  if (!isOpen(course)) return refuse(whyNotOpen(course));
  const { matchId, participants } = course;
  return accept({ type: 'ExchangeInterrupted', data: { ...idsOf(course), matchId, participants, by: by.id, reason: data.reason } });
};

/** §3: nobody reported by the end of the window in force. A dispute defers it to its settlement. */
export const lapseExchange = (command: ExchangeCommandOf<'LapseExchange'>, state: KnownExchange): ExchangeDecision => {
  if (command.by.role !== 'system') return refuse({ code: 'not-allowed' });
  const course = courseOf(state);
  if (!isOpen(course) || course.lapseAt !== command.data.lapseAt) return accept();
  if (command.at < course.lapseAt) return refuse({ code: 'window-still-open' });
  return acceptWith(state, command);
};
