import { accept, refuse } from '#kernel/decider';
import type { CriterionId } from '../ids';
import { sameValue } from '../same-value';
import type { ExchangeRole } from '../vocabulary';
import { acceptWith } from './consequences';
import type { EvaluationForm } from './exchange.events';
import type { ExchangeRefusal } from './exchange.refusals';
import type { Evaluation, ExchangeCommandOf, ExchangeDecision, KnownExchange, Undisputed } from './exchange.state';
import { attendeesOf, courseOf, idsOf } from './exchange.state';

const isScore = (score: number | null): boolean => score !== null && Number.isInteger(score) && score >= 1 && score <= 5;

const criteriaAsAgreed = ({ criteria }: EvaluationForm, agreed: readonly CriterionId[]): boolean =>
  sameValue(criteria.map(({ criterionId }) => criterionId).sort(), [...agreed].sort());

/** R13: the criteria are those agreed, all of them and no other; scores are whole, 1 to 5; usable is the learners' to say. */
const formRefusal = (form: EvaluationForm, role: ExchangeRole, agreed: readonly CriterionId[]): ExchangeRefusal | null => {
  if (!criteriaAsAgreed(form, agreed)) return { code: 'criteria-differ' };
  if (role === 'giver' && form.usable !== null) return { code: 'usable-is-the-learners' };
  const scores = [form.overall, ...form.criteria.map(({ score }) => score), ...(role === 'learner' ? [form.usable] : [])];
  return scores.every(isScore) ? null : { code: 'score-invalid' };
};

/** R13: after held, until unsealed, by who was there. */
const whyNotNow = (course: Undisputed, at: string): ExchangeRefusal | null => {
  if (course.status === 'closed') return { code: 'evaluations-unsealed' };
  if (course.status !== 'evaluating') return { code: 'not-held-yet' };
  return at > course.outcome.evaluateBy ? { code: 'evaluation-window-ended' } : null;
};

const evaluationOf = (course: Undisputed, id: string): Evaluation | undefined =>
  course.outcome?.evaluations.find(({ memberId }) => memberId === id);

type Evaluate = ExchangeCommandOf<'SubmitEvaluation'> | ExchangeCommandOf<'AmendEvaluation'>;

/** What bars this person from evaluating now with this form; else their role. */
const judged = ({ data, by, at }: Evaluate, course: Undisputed): ExchangeRefusal | { readonly role: ExchangeRole } => {
  const refusal = whyNotNow(course, at);
  if (refusal) return refusal;
  const attendee = attendeesOf(course).find(({ memberId }) => memberId === by.id);
  if (!attendee) return { code: 'was-not-there' };
  return formRefusal(data.form, attendee.role, course.criteria) ?? { role: attendee.role };
};

const isOutsider = ({ by }: Evaluate, course: Undisputed): boolean =>
  by.role === 'system' || !course.everyone.some(({ memberId }) => memberId === by.id);

/** R13: once; sealed until all are in or the window ends. During a dispute it is taken, and unsealed after the settlement. */
export const submitEvaluation = (command: ExchangeCommandOf<'SubmitEvaluation'>, state: KnownExchange): ExchangeDecision => {
  const { data, by } = command;
  const course = courseOf(state);
  if (isOutsider(command, course)) return refuse({ code: 'not-a-participant' });
  const earlier = evaluationOf(course, by.id);
  if (earlier && sameValue(earlier.form, data.form)) return accept();
  const judgement = judged(command, course);
  if ('code' in judgement) return refuse(judgement);
  if (earlier) return refuse({ code: 'already-evaluated' });
  const submitted = { ...idsOf(course), memberId: by.id, role: judgement.role, form: data.form, salt: data.salt };
  return acceptWith(state, command, { type: 'EvaluationSubmitted', data: submitted });
};

/** R13: before unsealing; the earlier version stays in the log. */
export const amendEvaluation = (command: ExchangeCommandOf<'AmendEvaluation'>, state: KnownExchange): ExchangeDecision => {
  const { data, by } = command;
  const course = courseOf(state);
  if (isOutsider(command, course)) return refuse({ code: 'not-a-participant' });
  const earlier = evaluationOf(course, by.id);
  if (earlier && sameValue(earlier.form, data.form)) return accept();
  const judgement = judged(command, course);
  if ('code' in judgement) return refuse(judgement);
  if (!earlier) return refuse({ code: 'nothing-to-amend' });
  const amended = { ...idsOf(course), memberId: by.id, role: judgement.role, amends: earlier.version, form: data.form, salt: data.salt };
  return acceptWith(state, command, { type: 'EvaluationAmended', data: amended });
};

/** R13: the window in force ended. A dispute defers it to its settlement. */
export const endEvaluation = (command: ExchangeCommandOf<'EndEvaluation'>, state: KnownExchange): ExchangeDecision => {
  if (command.by.role !== 'system') return refuse({ code: 'not-allowed' });
  const course = courseOf(state);
  if (course.status !== 'evaluating' || course.outcome.evaluateBy !== command.data.evaluateBy) return accept();
  if (command.at < course.outcome.evaluateBy) return refuse({ code: 'window-still-open' });
  return acceptWith(state, command);
};
