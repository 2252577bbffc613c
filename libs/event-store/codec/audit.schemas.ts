import type { AuditEvent } from '#domain/audit/audit.events';
import type { MemberId, NetworkId } from '#domain/ids';
import { code, count, event, id, oneOf, personal, type SchemasOf } from './schema-kit';

export const auditSchemas: SchemasOf<AuditEvent> = {
  PersonalDataAccessed: event('Somebody looked at personal data, and why.', {
    ledgerId: code(),
    networkId: id<NetworkId>(),
    by: id<MemberId>(),
    subject: code(),
    purpose: oneOf('audit', 'identity', 'access-request', 'hours-export'),
    motive: personal({ owner: '/by', key: 'member' }),
  }),
  RetentionRun: event('What retention purged, and up to when.', {
    ledgerId: code(),
    networkId: id<NetworkId>(),
    upTo: code(),
    erased: count(),
  }),
  OperatorActed: event('An operator changed how the installation runs.', {
    ledgerId: code(),
    operator: id<MemberId>(),
    action: code(),
    target: code(),
    reason: personal({ owner: '/operator', key: 'member' }),
  }),
};
