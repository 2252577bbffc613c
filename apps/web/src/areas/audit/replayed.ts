import type { paths } from '../../api/generated/schema';
import { csvOf } from '../../content/csv';

export type Replayed =
  paths['/networks/{networkId}/exchanges/{exchangeId}/replay']['post']['responses'][200]['content']['application/json'];
export type OpenedEvent =
  paths['/networks/{networkId}/events/{eventId}/opening']['post']['responses'][200]['content']['application/json']['event'];
export type HistoryStep = Replayed['steps'][number];
export type ExchangeState = Readonly<Record<string, unknown>>;

/** On the page already, or not read one by one (R15). */
const LEFT_OUT = ['exchangeId', 'networkId', 'evaluations', 'followUps'];

/** The exchange after each of its events. */
export const statesOf = (steps: readonly HistoryStep[]): readonly ExchangeState[] => {
  let state: ExchangeState = {};
  return steps.map(({ changed }) => {
    const shown = Object.entries(changed).filter(([field]) => !LEFT_OUT.includes(field));
    return (state = { ...state, ...Object.fromEntries(shown) });
  });
};

/** Fields that are others in one state than in the other. */
export const differing = (before: ExchangeState, after: ExchangeState): readonly string[] =>
  [...new Set([...Object.keys(after), ...Object.keys(before)])].filter(
    (field) => JSON.stringify(before[field]) !== JSON.stringify(after[field]),
  );

/** The last version recorded by then; -1 where there was none yet. */
export const versionBy = (steps: readonly HistoryStep[], instant: string): number =>
  steps.findLastIndex(({ recordedAt }) => recordedAt <= instant);

/** As `savoirs audit exchange --output csv` has them. */
const COLUMNS = [
  ...['number', 'recorded_at', 'occurred_at', 'stream', 'revision', 'event_id', 'type', 'actor_id', 'actor_role'],
  ...['cause', 'command_id', 'correlation_id', 'causation_id', 'policy_version', 'reasons', 'deadlines', 'score', 'data'],
];

const deadlinesOf = ({ why: { deadlines } }: HistoryStep): string =>
  Object.entries(deadlines)
    .map(([name, at]) => `${name} ${at}`)
    .join(' ');

export const timelineCsv = (steps: readonly HistoryStep[]): string =>
  csvOf(
    COLUMNS,
    steps.map((step, at) => [
      ...[at + 1, step.recordedAt, step.occurredAt, step.stream, step.revision, step.eventId, step.type, step.actor.id, step.actor.role],
      ...[step.cause === null ? null : step.cause + 1, step.commandId, step.correlationId, step.causationId],
      ...[step.why.policyVersion, step.why.reasons.join(' '), deadlinesOf(step), step.why.score?.['total'] ?? null],
      JSON.stringify(step.data),
    ]),
  );

/** An act of several commands causes all but its last, which bears its id. */
export const isAct = ({ causationId, commandId, correlationId }: HistoryStep): boolean => [commandId, correlationId].includes(causationId);
