import type { SavoirsEvent } from '#domain/catalogue';
import type { Codec } from '#event-store/codec.port';
import type { EventLog, EventToAppend } from '#event-store/log.port';
import type { CommandId, EventId, Instant, StreamName } from '#kernel/id';
import { eventExamples, exampleMeta } from '#testing/event-examples';

/** An exchange's usual life, in order; hours and evaluations once a person. */
const LIFE = [
  'ExchangeAgreed',
  'SessionHeld',
  'HeldConfirmed',
  'HeldConfirmed',
  'ExchangeHeld',
  'TrainingHoursRecorded',
  'TrainingHoursRecorded',
  'EvaluationSubmitted',
  'EvaluationSubmitted',
  'ExchangeEvaluated',
  'ExchangeClosed',
] as const satisfies readonly SavoirsEvent['type'][];

export const EVENTS_PER_EXCHANGE = LIFE.length;

const uuid = (kind: number, number: number): string => `0000000${kind}-0000-4000-8000-${String(number).padStart(12, '0')}`;

/** Members meet again: one for every two exchanges. */
const personOf = (exchange: number, index: number, exchanges: number) =>
  (index % 2 === 0
    ? { memberId: uuid(1, exchange % Math.ceil(exchanges / 2)), role: 'giver' }
    : { memberId: uuid(1, (exchange * 7 + 3) % Math.ceil(exchanges / 2)), role: 'learner' }) as {
    memberId: never;
    role: 'giver' | 'learner';
  };

/** Through the codec, as run-decider would: schema checked, texts sealed, canonical. */
const lifeOf = (codec: Codec, exchange: number, exchanges: number): Promise<readonly EventToAppend[]> => {
  const exchangeId = uuid(2, exchange);
  const date = `2026-${String((exchange % 12) + 1).padStart(2, '0')}-${String((exchange % 28) + 1).padStart(2, '0')}`;
  const personal = (type: SavoirsEvent['type'], index: number): object =>
    ['TrainingHoursRecorded', 'EvaluationSubmitted'].includes(type)
      ? { ...personOf(exchange, index, exchanges), ...(type.startsWith('T') ? { date } : {}) }
      : {};
  return Promise.all(
    LIFE.map((type, index) => {
      const number = exchange * LIFE.length + index;
      const recordedAt = new Date(Date.UTC(2026, 0, 1) + number * 1000).toISOString() as Instant;
      const meta = exampleMeta(number, {
        ...{ eventId: uuid(3, number) as EventId, commandId: uuid(4, number) as CommandId },
        ...{ stream: `exchange-${exchangeId}` as StreamName, recordedAt, occurredAt: recordedAt },
      });
      // The examples are typed by their event; a copy with other ids is the same event.
      const event = { type, data: { ...eventExamples[type], exchangeId, ...personal(type, index) } } as unknown as SavoirsEvent;
      return codec.encode({ event, meta });
    }),
  );
};

const MAX_CONCURRENCY = 50;

/** Writes the lives of that many exchanges, some at once, each a stream of its own. */
export const writeExchanges = async (log: Pick<EventLog, 'append'>, codec: Codec, exchanges: number): Promise<void> => {
  let next = 0;
  const worker = async (): Promise<void> => {
    for (let exchange = next++; exchange < exchanges; exchange = next++) {
      const events = await lifeOf(codec, exchange, exchanges);
      const { outcome } = await log.append(`exchange-${uuid(2, exchange)}` as StreamName, 'none', events);
      if (outcome !== 'appended') throw new Error(`an append answered ${outcome}`);
    }
  };
  await Promise.all(Array.from({ length: MAX_CONCURRENCY }, worker));
};
