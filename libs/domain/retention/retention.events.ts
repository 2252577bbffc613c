import type { Instant } from '#kernel/id';
import type { DomainEvent } from '#kernel/message';
import type { ExchangeId, IncidentId, MemberId, NetworkId, RetentionRunId } from '../ids';
import type { RetentionPeriods } from './retention-periods';

/** What a run ends: the texts of these exchanges and incidents, and all that is kept of these members. */
export interface Expired {
  readonly exchangeIds: readonly ExchangeId[];
  readonly incidentIds: readonly IncidentId[];
  readonly memberIds: readonly MemberId[];
}

export interface ExpiredCounts {
  readonly exchanges: number;
  readonly incidents: number;
  readonly members: number;
}

/** `retention-{network}`. */
export type RetentionEvent =
  /** `by`: the data protection officer, who approves these periods by it; null: the clock, which goes on with what was approved. */
  | DomainEvent<
      'RetentionRunStarted',
      { networkId: NetworkId; runId: RetentionRunId; by: MemberId | null; upTo: Instant } & RetentionPeriods
    >
  /** Said last: keys, clear texts and their traces in files are gone. A member's own `PersonalDataErased` follows. */
  | DomainEvent<'RetentionApplied', { networkId: NetworkId; runId: RetentionRunId } & Expired>
  /** The end of a run. Without a run's id and kinds it was done elsewhere, and written down in a ledger of those days. */
  | DomainEvent<
      'RetentionRun',
      { networkId: NetworkId; runId: RetentionRunId | null; upTo: string; erased: number; kinds: ExpiredCounts | null }
    >;
