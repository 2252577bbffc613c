import type { DomainEvent, Personal } from '#kernel/message';
import type { MemberId, NetworkId } from '../ids';

/** `audit-{network}-{yyyy-mm}` and `operations-{yyyy-mm}`: who looked, what was purged, what operators did. Facts only, no lifecycle. */
export type AuditEvent =
  /** `subject`: stream name or list looked at; the motive is the looker's free text. */
  | DomainEvent<
      'PersonalDataAccessed',
      {
        ledgerId: string;
        networkId: NetworkId;
        by: MemberId;
        subject: string;
        purpose: 'audit' | 'identity' | 'access-request' | 'hours-export';
        motive: Personal;
      }
    >
  | DomainEvent<'RetentionRun', { ledgerId: string; networkId: NetworkId; upTo: string; erased: number }>
  | DomainEvent<'OperatorActed', { ledgerId: string; operator: MemberId; action: string; target: string; reason: Personal }>;
