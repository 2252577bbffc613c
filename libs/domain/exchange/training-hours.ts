import { accept, refuse } from '#kernel/decider';
import { localDay } from '../calendar';
import type { Participant } from '../vocabulary';
import type { ExchangeEvent } from './exchange.events';
import type { ExchangeCommandOf, ExchangeDecision, KnownExchange, Outcome, ReportedSession, Undisputed } from './exchange.state';
import { courseOf, idsOf } from './exchange.state';

type Minutes = { readonly minutes: number; readonly minutesOutside: number };

const toRecord = ({ minutes, present }: ReportedSession, id: string): Minutes => {
  const presence = present.find(({ memberId }) => memberId === id);
  return presence ? { minutes, minutesOutside: presence.minutesOutside } : { minutes: 0, minutesOutside: 0 };
};

/** R20: what this person's part in this session lacks in the record, if anything. */
const difference = (session: ReportedSession, { memberId, role }: Participant, { hours }: Outcome) => {
  const lines = hours.filter((line) => line.sessionId === session.sessionId && line.memberId === memberId);
  const wanted = toRecord(session, memberId);
  const minutes = lines.reduce((rest, line) => rest - line.minutes, wanted.minutes);
  const minutesOutside = lines.reduce((rest, line) => rest - line.minutesOutside, wanted.minutesOutside);
  if (minutes === 0 && minutesOutside === 0) return null;
  const hoursId = `${session.sessionId}/${memberId}/${role}/${lines.length + 1}`;
  return { hoursId, memberId, role, minutes, minutesOutside, corrects: lines.at(-1)?.hoursId ?? null };
};

const recordsOf = (course: Undisputed, outcome: Outcome, timeZone: string): readonly ExchangeEvent[] =>
  course.sessions.flatMap((session) =>
    course.everyone.flatMap((person): readonly ExchangeEvent[] => {
      const line = difference(session, person, outcome);
      const { sessionId, start } = session;
      const date = localDay(start, timeZone);
      return line ? [{ type: 'TrainingHoursRecorded', data: { ...idsOf(course), sessionId, date, ...line }, occurredAt: start }] : [];
    }),
  );

/** R20: once per session, person and role, from held exchanges only; after a correction the difference. */
export const recordTrainingHours = (command: ExchangeCommandOf<'RecordTrainingHours'>, state: KnownExchange): ExchangeDecision => {
  if (command.by.role !== 'system') return refuse({ code: 'not-allowed' });
  const course = courseOf(state);
  if (!course.outcome) return refuse({ code: 'not-held-yet' });
  return accept(...recordsOf(course, course.outcome, command.network.timeZone));
};
