import type { Category, SavoirsEvent } from '#domain/catalogue';
import type { DecidedEvent } from '#event-store/codec.port';
import type { CommandId, EventId, StreamName } from '#kernel/id';
import type { DataOf, EventMeta } from '#kernel/message';
import { now } from './commands';
import { exchangeExamples } from './examples/exchange.examples';
import type { ExamplesOf } from './examples/examples-of';
import { auditExamples, incidentExamples } from './examples/incident.examples';
import { matchExamples, roundExamples } from './examples/match.examples';
import { memberExamples } from './examples/member.examples';
import { networkExamples } from './examples/network.examples';
import { offerExamples } from './examples/offer.examples';
import { requestExamples } from './examples/request.examples';
import { retentionExamples } from './examples/retention.examples';
import { lyon } from './network-facts';
import { ana } from './people';

/** One valid example of every event there is, personal texts in clear. */
export const eventExamples: ExamplesOf<SavoirsEvent> = {
  ...networkExamples,
  ...memberExamples,
  ...offerExamples,
  ...requestExamples,
  ...roundExamples,
  ...matchExamples,
  ...exchangeExamples,
  ...incidentExamples,
  ...auditExamples,
  ...retentionExamples,
};

const idFields = {
  network: [networkExamples, 'networkId'],
  member: [memberExamples, 'memberId'],
  offer: [offerExamples, 'offerId'],
  request: [requestExamples, 'requestId'],
  round: [roundExamples, 'roundId'],
  match: [matchExamples, 'matchId'],
  exchange: [exchangeExamples, 'exchangeId'],
  incident: [incidentExamples, 'incidentId'],
  retention: [retentionExamples, 'networkId'],
  operations: [{ OperatorActed: auditExamples.OperatorActed }, 'ledgerId'],
  audit: [auditExamples, 'ledgerId'],
} satisfies Record<Category, readonly [object, string]>;

/** The stream that holds the example of this type: `member-ana`, `audit-lyon-2026-03`. */
export const exampleStream = (type: SavoirsEvent['type']): StreamName => {
  const [category, [, idField]] = Object.entries(idFields).find(([, [examples]]) => type in examples) as [string, [object, string]];
  const id = new Map<string, unknown>(Object.entries(eventExamples[type])).get(idField);
  return `${category}-${String(id)}` as StreamName;
};

export const eventTypes = Object.keys(eventExamples) as readonly SavoirsEvent['type'][];

/** `exampleUuid(7)`: the same id in every run. */
export const exampleUuid = (number: number): string => `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`;

export const exampleMeta = (number: number, changes: Partial<EventMeta> = {}): EventMeta => ({
  eventId: exampleUuid(number) as EventId,
  stream: 'exchange-exchange-1' as StreamName,
  network: lyon,
  actor: { id: ana, role: 'member' },
  commandId: exampleUuid(900_000 + number) as CommandId,
  correlationId: exampleUuid(900_000 + number),
  causationId: exampleUuid(900_000 + number),
  occurredAt: now,
  recordedAt: now,
  ...changes,
});

/** As run-decider would hand it to the codec. */
export const decidedExample = <Type extends SavoirsEvent['type']>(
  type: Type,
  { data, meta = {} }: { data?: DataOf<SavoirsEvent, Type>; meta?: Partial<EventMeta> } = {},
): DecidedEvent => ({
  // The union cannot be narrowed by a type parameter; the signature ties type and data together.
  event: { type, data: data ?? eventExamples[type] } as SavoirsEvent,
  meta: exampleMeta(eventTypes.indexOf(type) + 1, { stream: exampleStream(type), ...meta }),
});
