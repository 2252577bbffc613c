import type { SavoirsEvent } from '#domain/catalogue';
import type { EventMeta } from '#kernel/message';
import { Type } from '@sinclair/typebox';
import { auditSchemas } from './audit.schemas';
import { exchangeSchemas } from './exchange.schemas';
import { incidentSchemas } from './incident.schemas';
import { matchSchemas } from './match.schemas';
import { memberSchemas } from './member.schemas';
import { networkSchemas } from './network.schemas';
import { offerSchemas } from './offer.schemas';
import { requestSchemas } from './request.schemas';
import { retentionSchemas } from './retention.schemas';
import { roundSchemas } from './round.schemas';
import { event, id, instant, record, UUID, type EventSchema, type SchemasOf, type Shape } from './schema-kit';

/** Every event type with its present version, schema and upcasts: what may stand in a log. */
export const eventSchemas: SchemasOf<SavoirsEvent> = {
  ...networkSchemas,
  ...memberSchemas,
  ...offerSchemas,
  ...requestSchemas,
  ...roundSchemas,
  ...matchSchemas,
  ...exchangeSchemas,
  ...incidentSchemas,
  ...auditSchemas,
  ...retentionSchemas,
};

const uuid = <Id extends string>() => Type.Unsafe<Id>(Type.String({ pattern: UUID, title: 'UUID' }));

export const metaSchema: EventSchema<Shape<EventMeta>> = event('What every event tells besides its data; nothing here is personal.', {
  eventId: uuid<EventMeta['eventId']>(),
  stream: id<EventMeta['stream']>(),
  network: Type.String({ maxLength: 200, title: 'id' }),
  actor: record({ id: id<string>(), role: id<string>() }),
  commandId: uuid<EventMeta['commandId']>(),
  commandTag: Type.Optional(Type.String({ pattern: '^[A-Za-z0-9_-]{22}$', title: 'keyed tag' })),
  correlationId: id<string>(),
  causationId: id<string>(),
  occurredAt: instant(),
  recordedAt: instant(),
  policyVersion: Type.Optional(Type.Integer({ minimum: 0, title: 'whole number ≥ 0' })),
});
