import type { ExchangeId, IncidentId, MemberId, RetentionRunId } from '#domain/ids';
import { learner, giver } from '#testing/histories/exchange-story';
import { instant, storyteller } from '#testing/histories/story';
import { lille, lyon } from '#testing/network-facts';
import { ana, bo, cleo, dia, moe, pam } from '#testing/people';
import { projected, type Projected } from '#testing/projected';
import { keptTextsModel } from './kept-texts.table';
import { expiredIn, PreviewRetention, PreviewRetentionHandler } from './retention.queries';
import { retentionRunsModel } from './retention-runs.table';
import { ListRetentionRuns, ListRetentionRunsHandler } from './retention-runs.queries';

const exchange = (name: string): ExchangeId => name as ExchangeId;
const incident = (name: string): IncidentId => name as IncidentId;
const run = (name: string): RetentionRunId => name as RetentionRunId;
const policy = { exchangeTextsMonths: 24, goneMembersMonths: 36 };
const { told, events } = storyteller();

const agreed = (exchangeId: ExchangeId, people: readonly [MemberId, MemberId], networkId = lyon): void =>
  void told(
    'ExchangeAgreed',
    { exchangeId, networkId, participants: [giver(people[0]), learner(people[1])], mediatorId: moe },
    { on: '2024-01-01' },
  );
const closed = (exchangeId: ExchangeId, on: string): void => void told('ExchangeClosed', { exchangeId, networkId: lyon }, { on });

agreed(exchange('plain'), [ana, bo]);
closed(exchange('plain'), '2024-02-01');
agreed(exchange('followed-up'), [ana, bo]);
told('ExchangeHeld', { exchangeId: exchange('followed-up'), followUpUntil: instant('2024-05-01') }, { on: '2024-01-20' });
closed(exchange('followed-up'), '2024-02-10');
agreed(exchange('going-on'), [ana, bo]);
agreed(exchange('disputed'), [cleo, bo]);
closed(exchange('disputed'), '2024-02-02');
told('ExchangeDisputed', { exchangeId: exchange('disputed'), networkId: lyon, by: bo }, { on: '2024-02-03' });
agreed(exchange('settled'), [ana, bo]);
closed(exchange('settled'), '2024-02-03');
told('ExchangeDisputed', { exchangeId: exchange('settled'), networkId: lyon, by: bo }, { on: '2024-02-04' });
told('DisputeSettled', { exchangeId: exchange('settled'), networkId: lyon }, { on: '2024-06-01' });
agreed(exchange('held'), [dia, bo]);
told('ExchangeCancelled', { exchangeId: exchange('held'), networkId: lyon }, { on: '2024-02-04' });
told('ErasureDeferred', { memberId: dia, networkId: lyon, until: instant('2026-09-01') }, { on: '2024-02-05' });
agreed(exchange('erased'), [ana, bo]);
closed(exchange('erased'), '2024-01-10');
agreed(exchange('elsewhere'), [ana, bo], lille);
told('ExchangeClosed', { exchangeId: exchange('elsewhere'), networkId: lille }, { on: '2024-01-10' });
told('IncidentReported', { incidentId: incident('resolved'), by: ana }, { on: '2024-02-01' });
told('IncidentResolved', { incidentId: incident('resolved') }, { on: '2024-02-06' });
told('IncidentReported', { incidentId: incident('open') }, { on: '2024-02-01' });
told('MemberLeft', { memberId: ana, networkId: lyon }, { on: '2023-02-01' });
told('MemberLeft', { memberId: cleo, networkId: lyon }, { on: '2023-02-02' });
told('RetentionRun', { runId: null, upTo: '2022-03-01', erased: 7, kinds: null }, { on: '2023-02-20' });
told('RetentionRun', { runId: null, upTo: '2023-03-01', erased: 12, kinds: null }, { on: '2024-02-20' });
told('RetentionRunStarted', { runId: run('r1'), by: pam, upTo: instant('2026-02-01'), ...policy }, { on: '2026-02-01' });
told('RetentionApplied', { runId: run('r1'), exchangeIds: [exchange('erased')], incidentIds: [], memberIds: [] }, { on: '2026-02-01' });
told('RetentionRun', { runId: run('r1'), erased: 1, kinds: { exchanges: 1, incidents: 0, members: 0 } }, { on: '2026-02-01' });
told('RetentionRunStarted', { runId: run('r2'), by: null, upTo: instant('2026-03-01'), ...policy }, { on: '2026-03-01' });

describe('what retention ends', () => {
  let tables: Projected;
  const preview = (on: string, page: { limit: number; cursor?: string } = { limit: 50 }, periods = policy) =>
    new PreviewRetentionHandler(tables.store).execute(new PreviewRetention(lyon, { policy: periods, now: instant(on) }, page));
  const dueOn = async (on: string, periods = policy): Promise<readonly string[]> =>
    (await preview(on, { limit: 50 }, periods)).items.filter(({ keptBy }) => keptBy === null).map(({ kind, id }) => `${kind} ${id}`);

  beforeAll(async () => {
    tables = await projected([keptTextsModel, retentionRunsModel], events);
  });
  afterAll(() => tables.end());

  it('is what is over for as long as the policy keeps it, longest due first, of one network (R19, R23)', async () => {
    expect(await dueOn('2026-02-10')).toEqual(['member ana', 'exchange plain', 'incident resolved']);
    expect(await dueOn('2026-06-01')).toEqual([
      ...['member ana', 'exchange plain', 'incident resolved', 'exchange followed-up', 'exchange settled'],
    ]);
    expect(await dueOn('2026-06-01', { exchangeTextsMonths: 0, goneMembersMonths: 0 })).toEqual([]);
  });

  it('says when each fell due, and what keeps the rest: a dispute, those who take part in one, a legal hold (R19)', async () => {
    const { items, counts, kept } = await preview('2026-02-10');
    expect(items).toContainEqual({
      ...{ kind: 'exchange', id: 'plain', endedAt: instant('2024-02-01'), dueAt: instant('2026-02-01'), keptBy: null },
    });
    const keeping = items.filter(({ keptBy }) => keptBy !== null).map(({ kind, id, keptBy }) => [kind, id, keptBy]);
    expect(keeping).toEqual([
      ['member', 'cleo', 'dispute'],
      ['exchange', 'disputed', 'dispute'],
      ['exchange', 'held', 'legal-hold'],
    ]);
    expect({ counts, kept }).toEqual({ counts: { exchanges: 1, incidents: 1, members: 1 }, kept: { dispute: 2, legalHold: 1 } });
  });

  it('is no longer kept by a legal hold that has ended (R19)', async () => {
    expect(await dueOn('2026-08-31')).not.toContain('exchange held');
    expect(await dueOn('2026-09-01')).toContain('exchange held');
  });

  it('comes page by page', async () => {
    const first = await preview('2026-02-10', { limit: 2 });
    const second = await preview('2026-02-10', { limit: 50, cursor: first.next ?? '' });
    const all = (await preview('2026-02-10')).items;
    expect([...first.items, ...second.items]).toEqual(all);
    expect(second.next).toBeNull();
  });

  it('is what a run’s step takes on, oldest first, without what is kept (R19)', async () => {
    const judged = { networkId: lyon, ...policy, upTo: instant('2026-02-10'), now: instant('2026-02-10') };
    expect(await expiredIn(tables.store, judged, 10)).toEqual({ exchangeIds: ['plain'], incidentIds: ['resolved'], memberIds: [ana] });
    expect(await expiredIn(tables.store, judged, 1)).toEqual({ exchangeIds: [], incidentIds: [], memberIds: [ana] });
  });

  it('runs by itself only by the policy that somebody has started one with (R19)', async () => {
    expect(await preview('2026-02-10')).toMatchObject({ isApproved: true, isRunning: true, ...policy });
    expect(await preview('2026-02-10', { limit: 1 }, { ...policy, goneMembersMonths: 12 })).toMatchObject({ isApproved: false });
  });

  it('is listed by runs, newest first, with those that were done elsewhere (R19)', async () => {
    const list = (page: { limit: number; cursor?: string }) =>
      new ListRetentionRunsHandler(tables.store).execute(new ListRetentionRuns(lyon, page));
    const { runs } = await list({ limit: 10 });
    expect(runs.map(({ runId, state, by, erased }) => [runId, state, by, erased])).toEqual([
      ['r2', 'running', 'clock', 0],
      ['r1', 'done', 'data-protection-officer', 1],
      [null, 'elsewhere', null, 12],
      [null, 'elsewhere', null, 7],
    ]);
    expect(runs[2]).toMatchObject({ upTo: '2023-03-01', periods: null, kinds: null });
    const first = await list({ limit: 2 });
    expect((await list({ limit: 2, cursor: first.next ?? '' })).runs.map(({ erased }) => erased)).toEqual([12, 7]);
  });
});
