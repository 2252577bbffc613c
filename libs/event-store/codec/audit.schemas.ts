import type { AuditEvent } from '#domain/audit/audit.events';
import type { MemberId, NetworkId } from '#domain/ids';
import type { RetentionEvent } from '#domain/retention/retention.events';
import { code, event, id, nullable, oneOf, personal, record, type SchemasOf } from './schema-kit';

const looked = () => ({
  ledgerId: code(),
  networkId: id<NetworkId>(),
  by: id<MemberId>(),
  subject: code(),
  purpose: oneOf('audit', 'identity', 'access-request', 'hours-export'),
  motive: personal({ owner: '/by', key: 'member' }),
});

export const auditSchemas: SchemasOf<Exclude<AuditEvent, RetentionEvent>> = {
  PersonalDataAccessed: event(
    'Somebody looked at personal data: at what, by which way, and why.',
    { ...looked(), route: nullable(code()) },
    // Before, nobody wrote down the way.
    [{ from: record(looked()), to: (data: object) => ({ route: null, ...data }) }],
  ),
  OperatorActed: event('An operator changed how the installation runs.', {
    ledgerId: code(),
    operator: id<MemberId>(),
    action: code(),
    target: code(),
    reason: personal({ owner: '/operator', key: 'member' }),
  }),
};
