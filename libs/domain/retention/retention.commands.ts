import type { DomainCommand } from '../command';
import type { NetworkId, RetentionRunId } from '../ids';
import type { RetentionPeriods } from './retention-periods';
import type { Expired } from './retention.events';

export type RetentionCommand =
  /** The periods that whoever starts it was shown. */
  | DomainCommand<'StartRetentionRun', { networkId: NetworkId; runId: RetentionRunId } & RetentionPeriods>
  // From processes only (role `system`):
  | DomainCommand<'ApplyRetention', { networkId: NetworkId; runId: RetentionRunId } & Expired>
  | DomainCommand<'EndRetentionRun', { networkId: NetworkId; runId: RetentionRunId }>;
