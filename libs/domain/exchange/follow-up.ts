import { accept, refuse } from '#kernel/decider';
import type { MemberId } from '../ids';
import { saidBefore } from '../said-before';
import type { ExchangeCommandOf, ExchangeDecision, KnownExchange, Undisputed } from './exchange.state';
import { attendeesOf, courseOf, idsOf, tookPart } from './exchange.state';

const learnersThere = (course: Undisputed): readonly MemberId[] =>
  attendeesOf(course)
    .filter(({ role }) => role === 'learner')
    .map(({ memberId }) => memberId);

/** §3: on day 60 the learners who were there and have not answered are asked whether they used it at work. */
export const callFollowUp = ({ by, at }: ExchangeCommandOf<'CallFollowUp'>, state: KnownExchange): ExchangeDecision => {
  if (by.role !== 'system') return refuse({ code: 'not-allowed' });
  const course = courseOf(state);
  if (!course.outcome) return refuse({ code: 'not-held-yet' });
  const { followUpCalled, followUpFrom, followUpUntil, followedUp } = course.outcome;
  const learners = learnersThere(course).filter((id) => !followedUp.some(({ memberId }) => memberId === id));
  if (followUpCalled || learners.length === 0 || at > followUpUntil) return accept();
  if (at < followUpFrom) return refuse({ code: 'follow-up-not-due' });
  return accept({ type: 'FollowUpDue', data: { ...idsOf(course), learners, until: followUpUntil } });
};

export const submitFollowUp = (command: ExchangeCommandOf<'SubmitFollowUp'>, state: KnownExchange): ExchangeDecision => {
  const { data, by, at } = command;
  const course = courseOf(state);
  if (by.role === 'system' || !tookPart(course, by.id)) return refuse({ code: 'not-a-participant' });
  if (!course.outcome) return refuse({ code: 'not-held-yet' });
  const { usedAtWork, example, salt } = data;
  const earlier = course.outcome.followedUp.find(({ memberId }) => memberId === by.id);
  if (earlier) return saidBefore([earlier.usedAtWork, earlier.example], [usedAtWork, example], { code: 'already-followed-up' });
  if (!learnersThere(course).includes(by.id)) return refuse({ code: 'was-not-there' });
  if (at < course.outcome.followUpFrom) return refuse({ code: 'follow-up-not-due' });
  if (at > course.outcome.followUpUntil) return refuse({ code: 'follow-up-ended' });
  return accept({ type: 'FollowUpSubmitted', data: { ...idsOf(course), memberId: by.id, usedAtWork, example, salt } });
};
