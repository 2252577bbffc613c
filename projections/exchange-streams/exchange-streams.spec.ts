import type { SavoirsEvent } from '#domain/catalogue';
import type { ExchangeId, IncidentId, MatchId, RoundId } from '#domain/ids';
import type { DataOf, EventMeta } from '#kernel/message';
import type { StreamName } from '#kernel/id';
import type { RecordedEvent } from '#event-store/codec.port';
import { decidedExample, eventExamples, exampleUuid } from '#testing/event-examples';
import { ana, bo, moe } from '#testing/people';
import { lyon } from '#testing/network-facts';
import { projected, type Projected } from '#testing/projected';
import { StreamsOfExchange, StreamsOfExchangeHandler } from './exchange-streams.queries';
import { exchangeStreamsModel } from './exchange-streams.table';

const { exchangeId } = eventExamples.ExchangeAgreed;
const matchId = 'match-1' as MatchId;
const participants: DataOf<SavoirsEvent, 'ExchangeAgreed'>['participants'] = [
  { memberId: ana, role: 'giver', offerId: 'offer-1' as never },
  { memberId: bo, role: 'learner', requestId: 'request-1' as never },
];

describe('the streams of an exchange', () => {
  const events: RecordedEvent[] = [];
  const told = <Type extends SavoirsEvent['type']>(stream: string, type: Type, data: Partial<DataOf<SavoirsEvent, Type>> = {}): void => {
    const meta: Partial<EventMeta> = { stream: stream as StreamName, eventId: exampleUuid(events.length + 1) as never };
    // The union cannot be narrowed by a type parameter; the signature ties type and data together.
    const { event, meta: whole } = decidedExample(type, { data: { ...eventExamples[type], ...data } as never, meta });
    events.push({ ...event, meta: whole } as RecordedEvent);
  };
  const engaged = (memberId: typeof ana, type: 'EngagementReserved' | 'EngagementReleased', match: MatchId) =>
    told(`member-${memberId}`, type, { memberId, matchId: match });

  let here: Projected;
  beforeAll(async () => {
    const origin = { kind: 'round', roundId: 'round-1' as RoundId } as const;
    told('member-ana', 'CharterAccepted');
    told('member-ana', 'MemberEnrolled');
    engaged(ana, 'EngagementReserved', 'match-0' as MatchId);
    told('match-match-1', 'MatchProposed', { matchId, origin, participants });
    engaged(ana, 'EngagementReserved', matchId);
    engaged(ana, 'EngagementReleased', 'match-0' as MatchId);
    engaged(bo, 'EngagementReserved', matchId);
    told(`exchange-${exchangeId}`, 'ExchangeAgreed', { participants, mediatorId: moe, matchId });
    engaged(ana, 'EngagementReleased', matchId);
    told('member-ana', 'PersonalDataErased');
    told('member-moe', 'CharterAccepted', { memberId: moe });
    const subject = { memberId: null, indicator: null };
    told('incident-1', 'IncidentReported', { incidentId: '1' as IncidentId, subject: { ...subject, exchangeId } });
    told('incident-2', 'IncidentReported', { incidentId: '2' as IncidentId, subject: { ...subject, exchangeId: null } });
    told('retention-lyon', 'RetentionApplied', { exchangeIds: [exchangeId, 'elsewhere' as ExchangeId] });
    here = await projected([exchangeStreamsModel], events);
  });
  afterAll(() => here.end());

  const streamsOf = async (id: ExchangeId) => (await new StreamsOfExchangeHandler(here.store).execute(new StreamsOfExchange(id))).exchange;

  it('are its own, its match’s and round’s, its people’s with what they offer and seek, and its incidents’', async () => {
    const found = await streamsOf(exchangeId);
    expect(found).toMatchObject({ exchangeId, matchId, networkId: lyon, participants, mediatorId: moe });
    expect(found?.parts.map(({ stream }) => stream).sort()).toEqual(
      [
        ...[`exchange-${exchangeId}`, 'incident-1', 'match-match-1', 'member-ana', 'member-bo', 'member-moe'],
        ...['offer-offer-1', 'request-request-1', 'round-round-1'],
      ].sort(),
    );
  });

  it('hold of a member’s what is about themself and about this match, by the revisions that the log has', async () => {
    const { parts } = (await streamsOf(exchangeId))!;
    const ofAna = parts.find(({ stream }) => stream === 'member-ana')!;
    expect(ofAna.revisions).toEqual([0, 1, 3, 5, 6]);
    for await (const { revision, data } of here.log.readStream('member-ana' as StreamName))
      expect([revision, ofAna.revisions?.includes(revision)]).toEqual([revision, !data.includes('"match-0"')]);
    expect(parts.filter(({ revisions }) => revisions === null)).toHaveLength(6);
  });

  it('are told beside what ended its texts among others’, by the id of that event (R19)', async () => {
    const ended = events.find(({ type }) => type === 'RetentionApplied')!;
    expect((await streamsOf(exchangeId))?.single).toEqual([ended.meta.eventId]);
    expect(await streamsOf('elsewhere' as ExchangeId)).toBeNull();
  });

  it('are none where there is no such exchange', async () => {
    expect(await streamsOf('nobodys' as ExchangeId)).toBeNull();
  });
});
