import type { EventId, Instant } from '#kernel/id';
import type { RecordedEvent } from '#event-store/codec.port';
import type { Position } from '#event-store/log.port';
import type { ScoreParts } from '#domain/round/round.events';
import type { ShownHistory } from '#projections/exchange-history/exchange-history.projection';
import type { EventLine } from './event-lines';
import { toldWithin, type LookedAt } from './told';
import type { Placed } from './trail';

/** Why something happened, as far as its event says. */
export interface Why {
  /** Codes: a reason, an outcome, a kind. */
  readonly reasons: readonly string[];
  /** By which version of the network’s policy it was decided; null where no policy took part. */
  readonly policyVersion: number | null;
  /** Windows that it opened, by the name of their end. */
  readonly deadlines: Readonly<Record<string, Instant>>;
  /** All parts: they are for the facilitator and the auditor (§7). */
  readonly score: ScoreParts | null;
}

/** One event of the history: what it says, what it came from, and what it made of the exchange. */
export interface HistoryStep extends EventLine {
  readonly position: Position;
  /** Within its own stream. */
  readonly revision: number;
  readonly commandId: string;
  readonly correlationId: string;
  readonly causationId: string;
  /** Which event here made it happen, by its place among the steps; null where somebody acted, or the cause lies elsewhere. */
  readonly cause: number | null;
  /** How many events here led to it, one by the other. */
  readonly depth: number;
  readonly why: Why;
  readonly data: object;
  /** The fields of the exchange that are others than before, as they are after it: all steps’ together are the exchange. */
  readonly changed: Partial<ShownHistory>;
}

const REASONS = ['reason', 'outcome', 'kind', 'ground', 'missing', 'entry'];
/** Each the end of a window (§3). */
const DEADLINES = [
  ...['answerBy', 'confirmBy', 'connectBy', 'outcomeBy', 'lapseAt', 'reportBy', 'evaluateBy', 'settleBy', 'contestBy'],
  ...['reviewDueAt', 'graceEndsAt', 'followUpFrom', 'followUpUntil', 'until'],
];

const isInstant = (value: unknown): value is Instant => typeof value === 'string';

export const whyOf = ({ data, meta }: RecordedEvent): Why => {
  const told = (name: string): unknown => Reflect.get(data, name);
  const reasons = REASONS.map(told).filter((value) => typeof value === 'string');
  const ends = DEADLINES.map((name) => [name, told(name)] as const).filter((end): end is [string, Instant] => isInstant(end[1]));
  return {
    reasons: 'origin' in data ? [data.origin.kind, ...reasons] : reasons,
    policyVersion: meta.policyVersion ?? null,
    deadlines: Object.fromEntries(ends),
    score: 'score' in data ? data.score : null,
  };
};

/** What an event changed of the exchange. */
export type Changes = ReadonlyMap<EventId, Partial<ShownHistory>>;

export const stepsOf = (trail: readonly Placed[], changes: Changes, exchange: LookedAt): readonly HistoryStep[] => {
  const places = new Map<string, number>();
  const steps: HistoryStep[] = [];
  for (const { event, revision, position } of trail) {
    const { eventId, stream, occurredAt, recordedAt, actor, commandId, correlationId, causationId } = event.meta;
    const cause = places.get(causationId) ?? null;
    places.set(eventId, steps.length);
    // written out: of thousands of events, spreads cost more than all else that is told of them
    steps.push({
      position,
      revision,
      eventId,
      type: event.type,
      stream,
      occurredAt,
      recordedAt,
      actor,
      commandId,
      correlationId,
      causationId,
      cause,
      depth: cause === null ? 0 : steps[cause]!.depth + 1,
      why: whyOf(event),
      data: toldWithin(event, exchange),
      changed: changes.get(eventId) ?? {},
    });
  }
  return steps;
};
