import { accept } from '#kernel/decider';
import type { DataOf } from '#kernel/message';
import { addDays, addMinutes } from '../calendar';
import type { ExchangeCommand } from './exchange.commands';
import type { Attendee, ExchangeEvent } from './exchange.events';
import { evolve } from './exchange.evolve';
import type { Evaluating, ExchangeDecision, ExchangeState, Open, ReportedSession } from './exchange.state';
import { attendeesOf, haveBothRoles, idsOf, isOpen } from './exchange.state';

type Closing = DataOf<ExchangeEvent, 'ExchangeClosed'>;

const endOf = ({ start, minutes }: ReportedSession): string => addMinutes(start, minutes);

/** R12: held means at least one session, confirmed by one giver and by one learner who were there. */
const bothSidesConfirmed = (course: Open): boolean =>
  haveBothRoles(attendeesOf(course).filter(({ memberId }) => course.confirmedBy.includes(memberId)));

/** It happened when the last session ended; its windows open now. Needs one session at least. */
export const heldNow = (course: Open, { at, network }: ExchangeCommand): readonly ExchangeEvent[] => {
  const last = course.sessions.reduce<ReportedSession | null>((found, each) => (found && endOf(found) >= endOf(each) ? found : each), null);
  if (!last) return [];
  const { evaluationDays, followUpFromDay, followUpUntilDay } = network.policy;
  const end = addMinutes(last.start, last.minutes);
  const windows = {
    evaluateBy: addDays(at, evaluationDays),
    followUpFrom: addDays(at, followUpFromDay),
    followUpUntil: addDays(at, followUpUntilDay),
  };
  const { matchId, participants } = course;
  const data = { ...idsOf(course), matchId, participants, present: attendeesOf(course), lastSessionId: last.sessionId, ...windows };
  return [{ type: 'ExchangeHeld', data, occurredAt: end < at ? end : at }];
};

/** §3: it is cancelled by itself only when no giver or no learner remains. */
const cancelledByItself = (course: Open): ExchangeEvent => {
  const { matchId, participants, planned: sessions } = course;
  const reason = participants.some(({ role }) => role === 'giver') ? 'no-learner-left' : 'no-giver-left';
  return { type: 'ExchangeCancelled', data: { ...idsOf(course), matchId, participants, by: null, reason, noticeMinutes: null, sessions } };
};

const unreported = (course: Open): ExchangeEvent => {
  const { matchId, participants } = course;
  return { type: 'ExchangeInterrupted', data: { ...idsOf(course), matchId, participants, by: null, reason: 'unreported' } };
};

const afterOpen = (course: Open, command: ExchangeCommand): readonly ExchangeEvent[] => {
  if (bothSidesConfirmed(course)) return heldNow(course, command);
  if (!haveBothRoles(course.participants)) return [cancelledByItself(course)];
  // R12: a one-sided report stays pending; only what nobody reported lapses.
  return command.at >= course.lapseAt && course.sessions.length === 0 ? [unreported(course)] : [];
};

/** Who was due, by whether they evaluated. */
const answersOf = (course: Evaluating): Pick<Closing, 'submitted' | 'missed'> => {
  const has = ({ memberId: id }: Attendee): boolean => course.outcome.evaluations.some(({ memberId }) => memberId === id);
  const attendees = attendeesOf(course);
  return { submitted: attendees.filter(has), missed: attendees.filter((each) => !has(each)) };
};

/** What there is of evaluations is unsealed, and the exchange closes: nothing is added or amended any more (R13). */
export const evaluationsUnsealed = (course: Evaluating, outcome: Closing['outcome']): readonly ExchangeEvent[] => {
  const { submitted, missed } = answersOf(course);
  const closed: ExchangeEvent = { type: 'ExchangeClosed', data: { ...idsOf(course), outcome, submitted, missed } };
  return submitted.length > 0 ? [{ type: 'ExchangeEvaluated', data: { ...idsOf(course), submitted } }, closed] : [closed];
};

/** R13: unsealed when all are in or the window ends. */
const evaluationsEnded = (course: Evaluating, at: string): readonly ExchangeEvent[] => {
  const { submitted, missed } = answersOf(course);
  if (submitted.length > 0 && missed.length === 0) return evaluationsUnsealed(course, 'all');
  if (at < course.outcome.evaluateBy) return [];
  return evaluationsUnsealed(course, submitted.length > 0 ? 'some' : 'none');
};

/** What follows from where the exchange stands now. During a dispute nothing does: it waits for the settlement. */
export const consequences = (state: ExchangeState, command: ExchangeCommand): readonly ExchangeEvent[] => {
  if (state.status === 'unknown' || state.status === 'disputed') return [];
  if (isOpen(state)) return afterOpen(state, command);
  return state.status === 'evaluating' ? evaluationsEnded(state, command.at) : [];
};

/** Grants the facts, and what follows from them in the same decision. */
export const acceptWith = (state: ExchangeState, command: ExchangeCommand, ...facts: readonly ExchangeEvent[]): ExchangeDecision =>
  accept(...facts, ...consequences(facts.reduce(evolve, state), command));
