import type { paths } from '../../api/generated/schema';
import { csvOf } from '../../content/csv';

export type Replayed =
  paths['/networks/{networkId}/exchanges/{exchangeId}/replay']['post']['responses'][200]['content']['application/json'];
export type HistoryStep = Replayed['steps'][number];
export type ExchangeState = Readonly<Record<string, unknown>>;

/** What says nothing to an auditor: it is on the page already, or is not read one by one (R15). */
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

const COLUMNS = [
  ...['revision', 'event_id', 'type', 'occurred_at', 'recorded_at', 'actor_id', 'actor_role'],
  ...['command_id', 'correlation_id', 'causation_id', 'policy_version', 'data'],
];

export const timelineCsv = (steps: readonly HistoryStep[]): string =>
  csvOf(
    COLUMNS,
    steps.map((step) => [
      ...[step.revision, step.eventId, step.type, step.occurredAt, step.recordedAt, step.actor.id, step.actor.role],
      ...[step.commandId, step.correlationId, step.causationId, step.policyVersion, JSON.stringify(step.data)],
    ]),
  );
