import { accept, refuse } from '#kernel/decider';
import { addDays, addMinutes } from '../calendar';
import { dateRefusal, reportedRange } from '../date-range';
import type { PlannedSession } from '../match/match.events';
import { saidBefore } from '../said-before';
import type { Presence } from '../vocabulary';
import { acceptWith } from './consequences';
import type { ExchangeRefusal } from './exchange.refusals';
import type { ExchangeCommandOf, ExchangeDecision, KnownExchange, ReportedSession, Undisputed } from './exchange.state';
import { courseOf, idsOf, isOpen, mediates, participates, roleOf, tookPart, whyNotOpen } from './exchange.state';
import { isMinutes } from './planning';

const isPresence = (course: Undisputed, { memberId, role, minutesOutside }: Presence, minutes: number): boolean =>
  roleOf(course, memberId) === role && Number.isInteger(minutesOutside) && minutesOutside >= 0 && minutesOutside <= minutes;

const arePresences = (course: Undisputed, present: readonly Presence[], minutes: number): boolean =>
  present.length > 0 &&
  new Set(present.map(({ memberId }) => memberId)).size === present.length &&
  present.every((presence) => isPresence(course, presence, minutes));

/** R20: a person is in one session at a time; whoever was there, too, says so of the session that was reported first. */
const overlapping = (
  course: Undisputed,
  { sessionId, start, minutes }: PlannedSession,
  people: readonly Presence[],
): ExchangeRefusal | null => {
  const end = addMinutes(start, minutes);
  const meets = (other: ReportedSession): boolean => other.start < end && start < addMinutes(other.start, other.minutes);
  const first = course.sessions.find(
    (other) =>
      other.sessionId !== sessionId &&
      meets(other) &&
      other.present.some(({ memberId }) => people.some((person) => person.memberId === memberId)),
  );
  return first ? { code: 'session-overlaps', sessionId: first.sessionId } : null;
};

/** Tells what happened, as any participant or the mediator saw it; it needs no plan. Reporting is not confirming (R12). */
export const reportSession = (command: ExchangeCommandOf<'ReportSession'>, state: KnownExchange): ExchangeDecision => {
  const { data, by, at, network } = command;
  const course = courseOf(state);
  if (!participates(by, course) && !mediates(by, course, network)) return refuse({ code: 'not-allowed' });
  const { sessionId, start, minutes, present } = data;
  const earlier = course.sessions.find((each) => each.sessionId === sessionId);
  if (earlier) {
    const told = [earlier.start, earlier.minutes, earlier.reported];
    return saidBefore(told, [start, minutes, present], { code: 'session-reported' });
  }
  if (!isOpen(course)) return refuse(whyNotOpen(course));
  if (!(start <= at)) return refuse({ code: 'session-in-the-future' });
  const refusal = dateRefusal('start', start, reportedRange(command));
  if (refusal) return refuse(refusal);
  if (!isMinutes(minutes)) return refuse({ code: 'session-invalid' });
  if (!arePresences(course, present, minutes)) return refuse({ code: 'presence-invalid' });
  const overlap = overlapping(course, data, present);
  if (overlap) return refuse(overlap);
  const planned = course.everPlanned.includes(sessionId);
  const held = { ...idsOf(course), sessionId, start, minutes, present, by: by.id, planned };
  return acceptWith(state, command, { type: 'SessionHeld', data: held, occurredAt: start });
};

/** R12, R20, R21: anyone says for themselves whether they were there, and how much of it outside their hours; afterwards too. */
export const correctSession = (command: ExchangeCommandOf<'CorrectSession'>, state: KnownExchange): ExchangeDecision => {
  const { data, by } = command;
  const { sessionId, memberId, now } = data;
  const course = courseOf(state);
  if (by.role === 'system' || by.id !== memberId) return refuse({ code: 'not-allowed' });
  if (!tookPart(course, memberId)) return refuse({ code: 'not-a-participant' });
  const session = course.sessions.find((each) => each.sessionId === sessionId);
  if (!session) return refuse({ code: 'session-not-found' });
  if (now && (now.memberId !== memberId || !isPresence(course, now, session.minutes))) return refuse({ code: 'presence-invalid' });
  const was = session.present.find((presence) => presence.memberId === memberId) ?? null;
  if (was?.minutesOutside === now?.minutesOutside) return accept();
  const overlap = was === null && now ? overlapping(course, session, [now]) : null;
  if (overlap) return refuse(overlap);
  return acceptWith(state, command, { type: 'SessionCorrected', data: { ...idsOf(course), sessionId, memberId, was, now } });
};

/** One person, one session that was to have begun (§3). It can be contested, and the session planned again. */
export const reportNoShow = (command: ExchangeCommandOf<'ReportNoShow'>, state: KnownExchange): ExchangeDecision => {
  const { data, by, at, network } = command;
  const { sessionId, memberId } = data;
  const course = courseOf(state);
  if (!participates(by, course) && !mediates(by, course, network)) return refuse({ code: 'not-allowed' });
  if (!tookPart(course, memberId)) return refuse({ code: 'not-a-participant' });
  if (course.noShows.some((each) => each.sessionId === sessionId && each.memberId === memberId)) return accept();
  if (!isOpen(course) && course.status !== 'evaluating') return refuse({ code: 'exchange-ended' });
  const reported = course.sessions.find((each) => each.sessionId === sessionId);
  const session = reported ?? course.planned.find((each) => each.sessionId === sessionId);
  if (!session) return refuse({ code: 'session-not-found' });
  if (session.start > at) return refuse({ code: 'session-in-the-future' });
  if (reported?.present.some((presence) => presence.memberId === memberId)) return refuse({ code: 'was-there' });
  const contestBy = addDays(at, network.policy.settleDays);
  return accept({ type: 'NoShowReported', data: { ...idsOf(course), sessionId, memberId, by: by.id, contestBy } });
};

export const contestNoShow = (command: ExchangeCommandOf<'ContestNoShow'>, state: KnownExchange): ExchangeDecision => {
  const { data, by, at } = command;
  const course = courseOf(state);
  if (by.role === 'system' || !tookPart(course, by.id)) return refuse({ code: 'not-a-participant' });
  const noShow = course.noShows.find(({ sessionId, memberId }) => sessionId === data.sessionId && memberId === by.id);
  if (!noShow) return refuse({ code: 'no-show-not-found' });
  if (noShow.contested) return accept();
  if (at > noShow.contestBy) return refuse({ code: 'contest-window-ended' });
  return accept({ type: 'NoShowContested', data: { ...idsOf(course), sessionId: data.sessionId, memberId: by.id } });
};
