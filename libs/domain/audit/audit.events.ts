import type { DomainEvent, Personal } from '#kernel/message';
import type { MemberId, NetworkId } from '../ids';
import type { RetentionEvent } from '../retention/retention.events';

/** `audit-{network}-{yyyy-mm}` and `operations-{yyyy-mm}`: who looked, what operators did. Facts only, no lifecycle. */
export type AuditEvent =
  /**
   * `subject`: stream name or list looked at. `route`: by which way, as the API’s document names it, or which verb of the command line; null
   * where it was not recorded. The motive is the looker's free text.
   */
  | DomainEvent<
      'PersonalDataAccessed',
      {
        ledgerId: string;
        networkId: NetworkId;
        by: MemberId;
        subject: string;
        purpose: 'audit' | 'identity' | 'access-request' | 'hours-export';
        route: string | null;
        motive: Personal;
      }
    >
  /** Of a run that was done elsewhere: ledgers hold them from before runs were done here (`retention-{network}`). */
  | Extract<RetentionEvent, { type: 'RetentionRun' }>
  | DomainEvent<'OperatorActed', { ledgerId: string; operator: MemberId; action: string; target: string; reason: Personal }>;
