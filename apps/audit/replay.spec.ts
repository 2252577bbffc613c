import { createCodec } from '#event-store/codec/codec';
import { MemoryLog } from '#event-store/memory/memory-log';
import type { SavoirsEvent } from '#domain/catalogue';
import type { MatchId, RoundId } from '#domain/ids';
import type { EventId, Instant, StreamName } from '#kernel/id';
import type { DataOf } from '#kernel/message';
import { memoryKeys } from '#keys/memory-keys';
import { decidedExample, eventExamples, exampleUuid } from '#testing/event-examples';
import { lyon } from '#testing/network-facts';
import { ana, bo, moe } from '#testing/people';
import type { IndexedExchange } from '#projections/exchange-streams/exchange-streams.queries';
import type { Moment } from './moment';
import { replayExchange } from './replay';
import { spansOf } from './trail';

const { exchangeId, participants } = eventExamples.ExchangeAgreed;
const matchId = 'match-1' as MatchId;
const elsewhere = 'match-2' as MatchId;

describe('what an audit reads of a history', () => {
  it('is what was indexed, near places at once and far ones apart', () => {
    expect(spansOf(null)).toEqual([{ from: 0 }]);
    expect(spansOf([])).toEqual([]);
    expect(spansOf([0, 1, 17, 40, 41])).toEqual([
      { from: 0, limit: 18 },
      { from: 40, limit: 2 },
    ]);
  });
});

describe('an exchange replayed', () => {
  const log = new MemoryLog();
  const codec = createCodec(memoryKeys());
  let number = 0;
  const at = (hour: number): Instant => `2026-03-02T${String(hour).padStart(2, '0')}:00:00.000Z` as Instant;

  const told = async <Type extends SavoirsEvent['type']>(
    stream: string,
    type: Type,
    data: Partial<DataOf<SavoirsEvent, Type>> = {},
  ): Promise<void> => {
    const eventId = exampleUuid(++number) as EventId;
    const meta = { stream: stream as StreamName, eventId, causationId: exampleUuid(number - 1), recordedAt: at(number) };
    // The union cannot be narrowed by a type parameter; the signature ties type and data together.
    const decided = decidedExample(type, { data: { ...eventExamples[type], ...data } as never, meta });
    await log.append(stream as StreamName, 'any', [await codec.encode(decided)]);
  };

  const streams = ['member-ana', 'match-match-1', 'round-round-1', `exchange-${exchangeId}`];
  const indexed: IndexedExchange = {
    ...{ exchangeId, networkId: lyon, matchId, participants, mediatorId: moe },
    parts: streams.map((stream) => ({ stream: stream as StreamName, revisions: null })),
  };
  const replay = async (moment: Moment = 'latest', since?: Moment) =>
    (await replayExchange({ log, codec }, indexed, { at: moment, ...(since === undefined ? {} : { since }) }))!;
  const types = async (moment?: Moment) => (await replay(moment)).steps.map(({ type }) => type);

  beforeAll(async () => {
    const found = eventExamples.MatchesFound.matches[0]!;
    const origin = { kind: 'round', roundId: 'round-1' as RoundId } as const;
    await told('member-ana', 'MemberEnrolled');
    await told('round-round-1', 'MatchesFound', { matches: [{ ...found, matchId: elsewhere }] });
    await told('round-round-1', 'MatchesFound', {
      matches: [
        { ...found, matchId: elsewhere },
        { ...found, matchId },
      ],
    });
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
  });

  it('shows of its people’s histories no other match, and nothing after it was over but what belongs to it and an erasure', async () => {
    expect(await types()).toEqual([
      ...['MemberEnrolled', 'MatchesFound', 'MatchProposed', 'EngagementReserved', 'ExchangeAgreed', 'MemberPaused', 'ExchangeCancelled'],
      ...['EngagementReleased', 'PersonalDataErased'],
    ]);
    expect((await replay()).people.map(({ erasedAt }) => erasedAt)).toEqual([at(13), null, null]);
    expect(participants.map(({ memberId }) => memberId)).toEqual([ana, bo]);
  });

  it('shows of what a round found this match alone', async () => {
    const { steps } = await replay();
    const { data } = steps.find(({ type }) => type === 'MatchesFound')!;
    expect(data).toMatchObject({ matches: [{ matchId }] });
    expect(JSON.stringify(data)).not.toContain(elsewhere);
  });

  it('shows while it runs what its people do meanwhile', async () => {
    expect((await types({ date: at(9) })).at(-1)).toBe('MemberPaused');
    expect((await types({ revision: 0 })).at(-1)).toBe('ExchangeAgreed');
  });

  it('is led from step to step by causes', async () => {
    const { steps, match } = await replay();
    expect(match).toMatchObject({ matchId, origin: { kind: 'round' } });
    const [agreed, paused] = [steps.findIndex(({ type }) => type === 'ExchangeAgreed'), steps.find(({ type }) => type === 'MemberPaused')!];
    expect([paused.cause, paused.depth]).toEqual([agreed, steps[agreed]!.depth + 1]);
  });

  it('differs from another moment by the fields that are otherwise', async () => {
    const { difference } = await replay('latest', { revision: 0 });
    expect(difference?.from).toMatchObject({ revision: 0, recordedAt: at(8) });
    expect(difference?.fields).toEqual([{ field: 'status', before: 'agreed', after: 'cancelled' }]);
    expect((await replay({ date: at(5) })).exchange).toBeNull();
  });
});
