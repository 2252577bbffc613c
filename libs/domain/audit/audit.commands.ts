import type { Personal } from '#kernel/message';
import type { DomainCommand } from '../command';

export type AuditCommand =
  | DomainCommand<
      'RecordAccess',
      {
        ledgerId: string;
        subject: string;
        purpose: 'audit' | 'identity' | 'access-request' | 'hours-export';
        route: string;
        motive: Personal;
      }
    >
  | DomainCommand<'RecordOperation', { ledgerId: string; action: string; target: string; reason: Personal }>;
