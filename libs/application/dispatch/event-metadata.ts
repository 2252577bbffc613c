import type { EventMeta } from '#kernel/message';
import type { Instant, StreamName } from '#kernel/id';
import type { SavoirsEvent } from '#domain/catalogue';
import type { NetworkFacts } from '#domain/command';
import type { Envelope } from './envelope';
import { eventIdOf } from './derived-ids';

interface MetaSource {
  readonly index: number;
  readonly envelope: Envelope;
  readonly stream: StreamName;
  readonly at: Instant;
  readonly facts: NetworkFacts;
  readonly tag: string | undefined;
}

/** What an event tells besides its data (§4): ids that a repeat gives again, both times, and the policy of the decision. */
export const eventMetadata = (event: SavoirsEvent, { index, envelope, stream, at, facts, tag }: MetaSource): EventMeta => ({
  eventId: eventIdOf(envelope.commandId, index),
  stream,
  network: envelope.networkId,
  actor: envelope.by,
  commandId: envelope.commandId,
  ...(tag === undefined ? {} : { commandTag: tag }),
  correlationId: envelope.correlationId ?? envelope.commandId,
  causationId: envelope.causationId ?? envelope.commandId,
  occurredAt: event.occurredAt ?? at,
  recordedAt: at,
  ...(facts.policyVersion > 0 ? { policyVersion: facts.policyVersion } : {}),
});
