import type { StreamName } from '#kernel/id';
import { ana, bo } from '#testing/people';
import type { Moment } from './moment';
import { replayExchange } from './replay';
import { elsewhere, emptyHistory, hourOf, indexed, matchId, participants, toldHistory } from './told-history.fixture';
import { spansOf } from './trail';

describe('what an audit reads of a history', () => {
  it('is what was indexed, near places at once and far ones apart', () => {
    const stream = 'member-ana' as StreamName;
    expect(spansOf({ stream, revisions: null })).toEqual([{ stream, from: 0 }]);
    expect(spansOf({ stream, revisions: [] })).toEqual([]);
    expect(spansOf({ stream, revisions: [0, 1, 17, 40, 41] })).toEqual([
      { stream, from: 0, limit: 18 },
      { stream, from: 40, limit: 2 },
    ]);
  });
});

describe('an exchange replayed', () => {
  let { log, codec } = emptyHistory();
  const replay = async (moment: Moment = 'latest', since?: Moment) =>
    (await replayExchange({ log, codec }, indexed, { at: moment, ...(since === undefined ? {} : { since }) }))!;
  const types = async (moment?: Moment) => (await replay(moment)).steps.map(({ type }) => type);

  beforeAll(async () => {
    ({ log, codec } = await toldHistory());
  });

  it('shows of its people’s histories no other match, and nothing after it was over but what belongs to it and an erasure', async () => {
    expect(await types()).toEqual([
      ...['MemberEnrolled', 'MatchesFound', 'MatchProposed', 'EngagementReserved', 'ExchangeAgreed', 'MemberPaused', 'ExchangeCancelled'],
      ...['EngagementReleased', 'PersonalDataErased', 'RetentionApplied'],
    ]);
    expect((await replay()).people.map(({ erasedAt }) => erasedAt)).toEqual([hourOf(13), null, null]);
    expect(participants.map(({ memberId }) => memberId)).toEqual([ana, bo]);
  });

  it('shows of what a round found this match alone', async () => {
    const { steps } = await replay();
    const { data } = steps.find(({ type }) => type === 'MatchesFound')!;
    expect(data).toMatchObject({ matches: [{ matchId }] });
    expect(JSON.stringify(data)).not.toContain(elsewhere);
  });

  it('tells since when its texts are gone by the end of their time, and nothing of others that went with them (R19)', async () => {
    const { textsErasedAt, steps } = await replay();
    expect(textsErasedAt).toBe(hourOf(14));
    expect(steps.at(-1)).toMatchObject({
      stream: 'retention-lyon',
      data: { exchangeIds: [indexed.exchangeId], incidentIds: [], memberIds: [] },
    });
    expect((await replay({ date: hourOf(13) })).textsErasedAt).toBeNull();
  });

  it('shows while it runs what its people do meanwhile', async () => {
    expect((await types({ date: hourOf(9) })).at(-1)).toBe('MemberPaused');
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
    expect(difference?.from).toMatchObject({ revision: 0, recordedAt: hourOf(8) });
    expect(difference?.fields).toEqual([{ field: 'status', before: 'agreed', after: 'cancelled' }]);
    expect((await replay({ date: hourOf(5) })).exchange).toBeNull();
  });
});
