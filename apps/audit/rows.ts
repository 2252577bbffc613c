import type { Instant, StreamName } from '#kernel/id';
import type { Replayed } from './replay';
import type { HistoryStep, Why } from './steps';

type Cell = string | number | null;
export type StepRow = Readonly<Record<string, Cell>>;

/** A history for programs: its columns are a contract. */
export const STEP_COLUMNS = [
  ...['number', 'recorded_at', 'occurred_at', 'stream', 'revision', 'event_id', 'type', 'actor_id', 'actor_role'],
  ...['cause', 'command_id', 'correlation_id', 'causation_id', 'policy_version', 'reasons', 'deadlines', 'score', 'data'],
];

const deadlinesOf = ({ deadlines }: Why): string =>
  Object.entries(deadlines)
    .map(([name, at]) => `${name} ${at}`)
    .join(' ');

export const stepRow = (step: HistoryStep, at: number): StepRow => {
  const { recordedAt, occurredAt, stream, revision, eventId, type, actor, cause, why } = step;
  return {
    ...{ number: at + 1, recorded_at: recordedAt, occurred_at: occurredAt, stream, revision, event_id: eventId, type },
    ...{ actor_id: actor.id, actor_role: actor.role, cause: cause === null ? null : cause + 1 },
    ...{ command_id: step.commandId, correlation_id: step.correlationId, causation_id: step.causationId },
    ...{ policy_version: why.policyVersion, reasons: why.reasons.join(' '), deadlines: deadlinesOf(why) },
    ...{ score: why.score?.total ?? null, data: JSON.stringify(step.data) },
  };
};

/** The beginning of an id: those of one exchange are seldom alike in it. */
export const brief = (id: string): string => id.slice(0, 8);

/** `member 1a2b3c4d`: whose history it is. */
export const briefStream = (stream: StreamName): string => {
  const at = stream.indexOf('-');
  return `${stream.slice(0, at)} ${brief(stream.slice(at + 1))}`;
};

/** `2026-03-01 09:00:00`, in UTC. */
export const briefly = (instant: Instant): string => instant.slice(0, 19).replace('T', ' ');

/** Recorded so much later is another moment. */
const SAME_MS = 60_000;
export const isLater = ({ occurredAt, recordedAt }: HistoryStep): boolean => Date.parse(recordedAt) - Date.parse(occurredAt) > SAME_MS;

/** What of a `why` a reader sees at once. */
export const whyWords = ({ reasons, policyVersion, deadlines, score }: Why): readonly string[] => [
  ...reasons,
  ...(policyVersion === null ? [] : [`policy ${policyVersion}`]),
  ...Object.entries(deadlines).map(([name, at]) => `${name} ${briefly(at).slice(0, 16)}`),
  ...(score === null ? [] : [`score ${score.total.toFixed(3)}`]),
];

/** What made a step happen: another one, an event elsewhere, or an act of its actor. */
export type Cause =
  | { readonly kind: 'step'; readonly number: number }
  | { readonly kind: 'elsewhere'; readonly type: string; readonly stream: StreamName }
  | { readonly kind: 'act' }
  | { readonly kind: 'unknown' };

/** An act of several commands causes all but its last, which bears its id. */
const isAct = ({ causationId, commandId, correlationId }: HistoryStep): boolean => [commandId, correlationId].includes(causationId);

export const causeOf = (step: HistoryStep, { causes }: Pick<Replayed, 'causes'>): Cause => {
  if (step.cause !== null) return { kind: 'step', number: step.cause + 1 };
  if (isAct(step)) return { kind: 'act' };
  const other = causes.find(({ eventId }) => eventId === step.causationId);
  return other ? { kind: 'elsewhere', type: other.type, stream: other.stream } : { kind: 'unknown' };
};
