import type { EventId, StreamName } from '#kernel/id';
import type { AppendResult, ExpectedRevision, LogFilter, Position, StoredEvent } from '#event-store/log.port';
import type { Finding as FindingOf } from '../runner/schedules';

/** What an adapter answered to one append. */
export interface AnsweredAppend {
  readonly writer: number;
  readonly stream: StreamName;
  readonly expected: ExpectedRevision;
  readonly ids: readonly EventId[];
  readonly result: AppendResult;
}

/** Everything that one consumer has committed, over all its lives. */
export interface ConsumedEvents {
  readonly name: string;
  readonly after: Position;
  readonly filter: LogFilter | undefined;
  readonly committed: readonly StoredEvent[];
}

export const COUNTS = ['lost', 'doubled', 'reordered', 'unhandled'] as const;
export type Count = (typeof COUNTS)[number];

export type Finding = FindingOf<Count>;

/** What those who write, follow and read were told, and what of it was wrong at once. */
export class Observations {
  readonly answered: AnsweredAppend[] = [];
  readonly findings: Finding[] = [];
  /** The longest that anybody waited for the end of an append, known or not. */
  longestAnswerMs = 0;
  /** Everything up to here was acknowledged to somebody. */
  acknowledged = '' as Position;

  find(count: Count, what: string): void {
    this.findings.push({ count, what });
  }

  answer(answered: AnsweredAppend): void {
    this.answered.push(answered);
    const { result } = answered;
    if (result.outcome === 'appended' && result.position > this.acknowledged) this.acknowledged = result.position;
  }
}
