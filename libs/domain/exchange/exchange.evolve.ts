import type { DataOf } from '#kernel/message';
import type { PlannedSession } from '../match/match.events';
import type { ExchangeEvent } from './exchange.events';
import type { Disputed, ExchangeState, KnownExchange, Outcome, Undisputed } from './exchange.state';
import { isOpen } from './exchange.state';

type Data<Type extends ExchangeEvent['type']> = DataOf<ExchangeEvent, Type>;
type CourseEvent = Exclude<ExchangeEvent, { type: 'ExchangeDisputed' | 'DisputeSettled' }>;

const agreed = (data: Data<'ExchangeAgreed'>): ExchangeState => ({
  status: 'agreed',
  exchangeId: data.exchangeId,
  networkId: data.networkId,
  matchId: data.matchId,
  everyone: data.participants,
  participants: data.participants,
  dropped: [],
  mediatorId: data.mediatorId,
  criteria: data.agreement.criteria.map(({ criterionId }) => criterionId),
  planned: data.agreement.sessions,
  everPlanned: data.agreement.sessions.map(({ sessionId }) => sessionId),
  sessions: [],
  confirmedBy: [],
  foundNotHeld: false,
  noShows: [],
  settledDisputes: [],
  lapseAt: data.lapseAt,
  endedAt: null,
  outcome: null,
});

/** The plan with one session put in its place, or added. */
export const planWith = (planned: readonly PlannedSession[], session: PlannedSession): readonly PlannedSession[] =>
  planned.some(({ sessionId }) => sessionId === session.sessionId)
    ? planned.map((each) => (each.sessionId === session.sessionId ? session : each))
    : [...planned, session];

const rescheduled = (course: Undisputed, { sessionId, to, lapseAt }: Data<'ExchangeRescheduled'>): Undisputed => ({
  ...course,
  planned: planWith(course.planned, to),
  everPlanned: course.everPlanned.includes(sessionId) ? course.everPlanned : [...course.everPlanned, sessionId],
  lapseAt,
});

const dropped = (course: Undisputed, { memberId, reason }: Data<'ParticipantDropped'>): Undisputed => ({
  ...course,
  participants: course.participants.filter((each) => each.memberId !== memberId),
  dropped: [...course.dropped, { memberId, reason }],
});

const sessionHeld = (course: Undisputed, { sessionId, start, minutes, present, by }: Data<'SessionHeld'>): Undisputed => {
  const next = {
    ...course,
    planned: course.planned.filter((each) => each.sessionId !== sessionId),
    sessions: [
      ...course.sessions.filter((each) => each.sessionId !== sessionId),
      { sessionId, start, minutes, by, reported: present, present },
    ],
    foundNotHeld: false,
  };
  return isOpen(next) ? { ...next, status: 'in-progress' } : next;
};

const corrected = (course: Undisputed, { sessionId, memberId, now }: Data<'SessionCorrected'>): Undisputed => ({
  ...course,
  sessions: course.sessions.map((session) => {
    if (session.sessionId !== sessionId) return session;
    const others = session.present.filter((presence) => presence.memberId !== memberId);
    return { ...session, present: now ? [...others, now] : others };
  }),
});

/** R12: what the mediator found not held was not; its sessions fall away, the rest of the plan stays. */
const settled = (course: Undisputed, { outcome }: Data<'HeldSettled'>): Undisputed =>
  outcome === 'not-held' && isOpen(course) ? { ...course, status: 'agreed', sessions: [], confirmedBy: [], foundNotHeld: true } : course;

/** R12: sessions still planned fall away. */
const held = (course: Undisputed, { evaluateBy, followUpFrom, followUpUntil }: Data<'ExchangeHeld'>): Undisputed => {
  const windows = { evaluateBy, followUpFrom, followUpUntil };
  const outcome: Outcome = { ...windows, followUpCalled: false, followedUp: [], evaluations: [], hours: [] };
  return { ...course, status: 'evaluating', planned: [], outcome };
};

const withOutcome = (course: Undisputed, change: (outcome: Outcome) => Partial<Outcome>): Undisputed =>
  course.outcome ? { ...course, outcome: { ...course.outcome, ...change(course.outcome) } } : course;

const contested = (course: Undisputed, { sessionId, memberId }: Data<'NoShowContested'>): Undisputed => ({
  ...course,
  noShows: course.noShows.map((each) => (each.sessionId === sessionId && each.memberId === memberId ? { ...each, contested: true } : each)),
});

const amended = ({ evaluations }: Outcome, { memberId, form }: Data<'EvaluationAmended'>): Partial<Outcome> => ({
  evaluations: evaluations.map((each) => (each.memberId === memberId ? { ...each, form, version: each.version + 1 } : each)),
});

const evolveCourse = (course: Undisputed, event: CourseEvent): Undisputed => {
  switch (event.type) {
    case 'ExchangeAgreed':
    case 'ExchangeEvaluated':
      return course;
    case 'ExchangeRescheduled':
      return rescheduled(course, event.data);
    case 'ParticipantDropped':
      return dropped(course, event.data);
    case 'SessionHeld':
      return sessionHeld(course, event.data);
    case 'SessionCorrected':
      return corrected(course, event.data);
    case 'HeldConfirmed':
      return { ...course, confirmedBy: [...course.confirmedBy, event.data.by] };
    case 'HeldSettled':
      return settled(course, event.data);
    case 'ExchangeHeld':
      return held(course, event.data);
    case 'ExchangeCancelled':
      return { ...course, status: 'cancelled', reason: event.data.reason, outcome: null, endedAt: event.occurredAt ?? null };
    case 'ExchangeInterrupted':
      return { ...course, status: 'interrupted', reason: event.data.reason, outcome: null, endedAt: event.occurredAt ?? null };
    case 'NoShowReported': {
      const { sessionId, memberId, contestBy } = event.data;
      return { ...course, noShows: [...course.noShows, { sessionId, memberId, contestBy, contested: false }] };
    }
    case 'NoShowContested':
      return contested(course, event.data);
    case 'EvaluationSubmitted': {
      const { memberId, role, form } = event.data;
      return withOutcome(course, ({ evaluations }) => ({ evaluations: [...evaluations, { memberId, role, form, version: 1 }] }));
    }
    case 'EvaluationAmended':
      return withOutcome(course, (outcome) => amended(outcome, event.data));
    case 'ExchangeClosed':
      return { ...course, status: 'closed', endedAt: event.occurredAt ?? null };
    case 'TrainingHoursRecorded': {
      const { hoursId, sessionId, memberId, minutes, minutesOutside } = event.data;
      return withOutcome(course, ({ hours }) => ({ hours: [...hours, { hoursId, sessionId, memberId, minutes, minutesOutside }] }));
    }
    case 'FollowUpDue':
      return withOutcome(course, () => ({ followUpCalled: true }));
    case 'FollowUpSubmitted': {
      const { memberId, usedAtWork, example } = event.data;
      return withOutcome(course, ({ followedUp }) => ({ followedUp: [...followedUp, { memberId, usedAtWork, example }] }));
    }
  }
};

type SettledEvent = Extract<ExchangeEvent, { type: 'DisputeSettled' }>;

const settledDispute = ({ former, disputeId, kind, by, text }: Disputed, { data: settlement, occurredAt }: SettledEvent): Undisputed => ({
  ...former,
  settledDisputes: [...former.settledDisputes, { disputeId, kind, by, text, settlement }],
  endedAt: former.endedAt === null ? null : (occurredAt ?? null),
});

const evolveKnown = (state: KnownExchange, event: ExchangeEvent): ExchangeState => {
  const course = state.status === 'disputed' ? state.former : state;
  if (event.type === 'DisputeSettled') return state.status === 'disputed' ? settledDispute(state, event) : state;
  if (event.type === 'ExchangeDisputed') {
    const { disputeId, kind, by, text } = event.data;
    return { status: 'disputed', former: course, disputeId, kind, by, text };
  }
  const next = evolveCourse(course, event);
  return state.status === 'disputed' ? { ...state, former: next } : next;
};

/** What a sequence of facts amounts to. It never judges: `decide` did. */
export const evolve = (state: ExchangeState, event: ExchangeEvent): ExchangeState => {
  if (state.status !== 'unknown') return evolveKnown(state, event);
  return event.type === 'ExchangeAgreed' ? agreed(event.data) : state;
};
