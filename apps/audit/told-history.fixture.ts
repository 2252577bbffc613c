import { createCodec } from '#event-store/codec/codec';
import { MemoryLog } from '#event-store/memory/memory-log';
import type { SavoirsEvent } from '#domain/catalogue';
import type { ExchangeId, MatchId, RoundId } from '#domain/ids';
import type { EventId, Instant, StreamName } from '#kernel/id';
import type { DataOf } from '#kernel/message';
import { memoryKeys } from '#keys/memory-keys';
import { decidedExample, eventExamples, exampleUuid } from '#testing/event-examples';
import { lyon } from '#testing/network-facts';
import { ana, moe } from '#testing/people';
import type { IndexedExchange } from '#projections/exchange-streams/exchange-streams.queries';

export const { exchangeId, participants } = eventExamples.ExchangeAgreed;
export const matchId = 'match-1' as MatchId;
export const elsewhere = 'match-2' as MatchId;

const streams = ['member-ana', 'match-match-1', 'round-round-1', `exchange-${exchangeId}`];

export const indexed: IndexedExchange = {
  ...{ exchangeId, networkId: lyon, matchId, participants, mediatorId: moe },
  single: [exampleUuid(14) as EventId],
  parts: streams.map((stream) => ({ stream: stream as StreamName, revisions: null })),
};

/** The hour of an event that was told as this one. */
export const hourOf = (number: number): Instant => `2026-03-02T${String(number).padStart(2, '0')}:00:00.000Z` as Instant;

/** A log in which what is told happened, an hour each, each event caused by the one before. */
export const emptyHistory = () => {
  const log = new MemoryLog();
  const codec = createCodec(memoryKeys());
  let number = 0;
  const told = async <Type extends SavoirsEvent['type']>(
    stream: string,
    type: Type,
    data: Partial<DataOf<SavoirsEvent, Type>> = {},
  ): Promise<void> => {
    const eventId = exampleUuid(++number) as EventId;
    const meta = { stream: stream as StreamName, eventId, causationId: exampleUuid(number - 1), recordedAt: hourOf(number) };
    // The union cannot be narrowed by a type parameter; the signature ties type and data together.
    const decided = decidedExample(type, { data: { ...eventExamples[type], ...data } as never, meta });
    await log.append(stream as StreamName, 'any', [await codec.encode(decided)]);
  };
  return { log, codec, told };
};

/** From an entry to the erasure after the exchange was called off. */
export const toldHistory = async () => {
  const history = emptyHistory();
  const { told } = history;
  const found = eventExamples.MatchesFound.matches[0]!;
  const other = { ...found, matchId: elsewhere };
  const origin = { kind: 'round', roundId: 'round-1' as RoundId } as const;
  await told('member-ana', 'MemberEnrolled');
  await told('round-round-1', 'MatchesFound', { matches: [other] });
  await told('round-round-1', 'MatchesFound', { matches: [other, { ...found, matchId }] });
  await told('round-round-1', 'RequestsLeftUnmatched');
  await told('match-match-1', 'MatchProposed', { matchId, origin });
  await told('member-ana', 'EngagementReserved', { matchId: elsewhere });
  await told('member-ana', 'EngagementReserved', { matchId });
  await told(`exchange-${exchangeId}`, 'ExchangeAgreed', { matchId });
  await told('member-ana', 'MemberPaused');
  await told(`exchange-${exchangeId}`, 'ExchangeCancelled', { matchId });
  await told('member-ana', 'MemberResumed');
  await told('member-ana', 'EngagementReleased', { matchId });
  await told('member-ana', 'PersonalDataErased', { memberId: ana });
  await told('retention-lyon', 'RetentionApplied', { exchangeIds: ['other' as ExchangeId, exchangeId] });
  return history;
};
