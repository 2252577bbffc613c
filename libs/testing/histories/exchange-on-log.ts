import { randomUUID } from 'node:crypto';
import type { SavoirsEvent } from '#domain/catalogue';
import type { ExchangeId, MatchId, MemberId, NetworkId } from '#domain/ids';
import type { Participant } from '#domain/vocabulary';
import type { Codec } from '#event-store/codec.port';
import type { EventLog } from '#event-store/log.port';
import type { EventId, Instant, StreamName } from '#kernel/id';
import type { DataOf } from '#kernel/message';
import { offerId, requestId } from '../content';
import { eventExamples, exampleMeta } from '../event-examples';
import { asMember } from '../people';

export interface Writing {
  readonly log: EventLog;
  /** Whose process writes: it may hold keys that another one has destroyed. */
  readonly codec: Codec;
  readonly network: NetworkId;
  readonly at: Instant;
}

/** Appends one event as it is: what a decider would say is not asked. @throws KeyErased */
export const writeEvent = async <Type extends SavoirsEvent['type']>(
  { log, codec, network, at }: Writing,
  type: Type,
  { stream, by, data }: { readonly stream: string; readonly by: MemberId; readonly data: Partial<DataOf<SavoirsEvent, Type>> },
): Promise<void> => {
  const meta = exampleMeta(0, {
    eventId: randomUUID() as EventId,
    ...{ stream: stream as StreamName, network, actor: asMember(by), occurredAt: at, recordedAt: at },
  });
  // The union cannot be narrowed by a type parameter; the signature ties type and data together.
  const event = { type, data: { ...eventExamples[type], ...data } } as SavoirsEvent;
  await log.append(stream as StreamName, 'any', [await codec.encode({ event, meta })]);
};

export interface AgreedExchange {
  readonly exchangeId: ExchangeId;
  readonly giver: MemberId;
  readonly learners: readonly MemberId[];
}

/** What the log holds of an exchange once it is open: the places reserved, the match agreed, the exchange agreed. */
export const writeExchange = async (writing: Writing, { exchangeId, giver, learners }: AgreedExchange): Promise<void> => {
  const matchId = `match-of-${exchangeId}` as MatchId;
  const participants: readonly Participant[] = [
    { memberId: giver, role: 'giver', offerId: offerId(`offer-of-${giver}`) },
    ...learners.map((memberId): Participant => ({ memberId, role: 'learner', requestId: requestId(`request-of-${memberId}`) })),
  ];
  const ids = { matchId, networkId: writing.network, participants };
  const stream = `match-${matchId}`;
  await writeEvent(writing, 'MatchProposed', { stream, by: giver, data: ids });
  for (const { memberId, role } of participants) {
    await writeEvent(writing, 'EngagementReserved', { stream: `member-${memberId}`, by: memberId, data: { memberId, matchId, role } });
  }
  await writeEvent(writing, 'AgreementReached', { stream, by: giver, data: { ...ids, exchangeId, textOwner: giver } });
  const agreed = { ...ids, exchangeId, textOwner: giver };
  await writeEvent(writing, 'ExchangeAgreed', { stream: `exchange-${exchangeId}`, by: giver, data: agreed });
};

/** What somebody writes about the others in an exchange. */
export const writeComment = (writing: Writing, exchangeId: ExchangeId, { by, text }: { readonly by: MemberId; readonly text: string }) =>
  writeEvent(writing, 'EvaluationSubmitted', {
    stream: `exchange-${exchangeId}`,
    by,
    data: {
      ...{ exchangeId, networkId: writing.network, memberId: by, role: 'learner' },
      form: { ...eventExamples.EvaluationSubmitted.form, comment: text },
    },
  });
