import type { IncidentEvent } from '#domain/incident/incident.events';
import type { ExchangeId, IncidentId, MemberId, NetworkId } from '#domain/ids';
import { code, event, id, instant, nullable, oneOf, personal, record, type PersonalMark, type SchemasOf } from './schema-kit';

const AUTHOR_HERE: PersonalMark = { owner: '/by', key: 'stream' };
const ids = () => ({ incidentId: id<IncidentId>(), networkId: id<NetworkId>() });
const by = () => ({ by: id<MemberId>() });

export const incidentSchemas: SchemasOf<IncidentEvent> = {
  IncidentReported: event('A person reports an incident, or an indicator newly crossed its threshold (kind risk).', {
    ...ids(),
    kind: oneOf('confidentiality', 'behaviour', 'content', 'risk'),
    subject: record({ exchangeId: nullable(id<ExchangeId>()), memberId: nullable(id<MemberId>()), indicator: nullable(code()) }),
    by: nullable(id<MemberId>()),
    text: nullable(personal(AUTHOR_HERE)),
    settleBy: instant(),
  }),
  IncidentAssessed: event('What is to be done about it.', { ...ids(), ...by(), action: personal(AUTHOR_HERE) }),
  IncidentResolved: event('How it ended.', { ...ids(), ...by(), text: personal(AUTHOR_HERE) }),
};
