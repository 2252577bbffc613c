import type { PastOrNow } from '#kernel/id';
import type { Topics } from '#topics/topics.port';
import type { AnyReadModel } from '#read-store/read-model';
import { lille, lyon } from '#testing/network-facts';
import { everyTopic } from '#testing/topics';
import { projected, type Projected } from '#testing/projected';
import { network, people } from '#testing/networks/risk-network';
import { asOf, instant } from '#testing/histories/story';
import { published } from './figure';
import { RiskAt, RiskAtHandler, RiskEvidence, RiskEvidenceHandler, RisksNewlyCrossed, RisksNewlyCrossedHandler } from './risk.queries';
import { RiskExplanation, RiskExplanationHandler } from './risk-explanation.queries';
import { RiskTrend, RiskTrendHandler } from './risk-trend.queries';
import { riskModel } from './risk.table';
import { TopicsInNeed, TopicsInNeedHandler } from './topics-in-need.queries';

const noGap = (): Promise<null> => Promise.resolve(null);

describe('risks asked for', () => {
  let tables: Projected;
  const told = network();
  const held: string[] = [];

  beforeAll(async () => {
    told.enrolled(people(6));
    held.push(told.held('x', { on: '2026-05-01', givers: ['m000'], learners: ['m001'] }));
    told.offered('m002', { on: '2026-05-02', by: 'm002' }, 'topic:alone');
    ['m003', 'm004'].forEach((name) => told.asked('r', name, { on: '2026-06-01', by: name }, 'topic:alone'));
    ['m004', 'm005'].forEach((name) => told.offered(name, { on: '2026-05-02', by: name }, 'topic:waits'));
    told.asked('s', 'm003', { on: '2026-04-01', by: 'm003' }, 'topic:waits');
    told.asked('u', 'm002', { on: '2026-06-15', by: 'm002' }, 'topic:nobody');
    tables = await projected([riskModel as AnyReadModel], told.events);
  });
  afterAll(() => tables.end());

  it('answers from the tables as from the fold, and of its own network alone (R23)', async () => {
    const handler = new RiskAtHandler(tables.store, noGap);
    const { figures } = await handler.execute(new RiskAt(lyon, asOf('2026-07-01')));
    expect(figures.filter(({ indicator }) => indicator !== 'evaluationGap')).toEqual(told.figures('2026-07-01').map(published));
    expect(figures.find(({ indicator }) => indicator === 'evaluationGap')).toMatchObject({ hidden: true, n: null, threshold: 0.3 });
    expect((await handler.execute(new RiskAt(lille, asOf('2026-07-01')))).figures.filter(({ n }) => n !== null && n > 0)).toEqual([]);
  });

  it('explains a figure: rule, formula, operands, and by id whom these count; numbers beside nobody (§5, R4)', async () => {
    const handler = new RiskExplanationHandler(tables.store, noGap);
    const explained = (indicator: 'imbalance' | 'reciprocityDebtDays' | 'topGiversShare') =>
      handler.execute(new RiskExplanation(lyon, asOf('2026-07-01'), { indicator, cell: null }));
    expect(await explained('imbalance')).toMatchObject({
      rules: ['§5', 'R3'],
      formula: 'members with g > 0 and r > 0 ÷ members with g + r > 0',
      figure: { numerator: 0, denominator: 2 },
      operands: [
        { name: 'numerator', value: 0, of: 'members', ids: [] },
        { name: 'denominator', value: 2, of: 'members', ids: ['m000', 'm001'] },
      ],
    });
    const [days] = (await explained('reciprocityDebtDays')).operands;
    expect(days).toMatchObject({ name: 'numbers', value: null, ids: ['m000', 'm001'], numbers: [61, 61] });
    expect(await explained('topGiversShare')).toMatchObject({ figure: { hidden: true, value: null }, operands: [] });
  });

  it('tells of each month what it answers for that month’s first midnight (§5)', async () => {
    const { months } = await new RiskTrendHandler(tables.store, noGap).execute(new RiskTrend(lyon, asOf('2026-07-01'), 3));
    expect(months.map((month) => month.asOf)).toEqual(['2026-04-30T22:00:00.000Z', '2026-05-31T22:00:00.000Z', '2026-06-30T22:00:00.000Z']);
    const handler = new RiskAtHandler(tables.store, noGap);
    for (const month of months) expect(month.figures).toEqual((await handler.execute(new RiskAt(lyon, month.asOf as PastOrNow))).figures);
    const held = months.map(({ figures }) => figures.find(({ indicator }) => indicator === 'sameUnit')?.n);
    expect(held).toEqual([0, 1, 1]);
  });

  it('names the topics that one person or nobody offers, or whose requests wait, in no order (§5, R4)', async () => {
    const handler = new TopicsInNeedHandler(tables.store, noGap, everyTopic as Topics);
    const { topics } = await handler.execute(new TopicsInNeed(lyon, asOf('2026-07-01'), 'fr'));
    expect(topics.map(({ uri, openRequests, waiting, activeGivers }) => [uri, openRequests, waiting, activeGivers])).toEqual([
      ['topic:alone', 2, 0, 1],
      ['topic:nobody', 1, 0, 0],
      ['topic:waits', 1, 1, 2],
    ]);
    const before = await handler.execute(new TopicsInNeed(lyon, asOf('2026-05-15'), 'fr'));
    expect(before.topics).toEqual([]);
    expect((await handler.execute(new TopicsInNeed(lille, asOf('2026-07-01'), 'fr'))).topics).toEqual([]);
  });

  it('opens a figure into the events behind it', async () => {
    const handler = new RiskEvidenceHandler(tables.store, noGap);
    const of = { indicator: 'imbalance', cell: null } as const;
    const [opened, first, second] = told.events.map(({ meta }) => meta.eventId);
    const page = await handler.execute(new RiskEvidence(lyon, asOf('2026-07-01'), of, { limit: 5 }));
    expect(page).toEqual({ eventIds: [opened, first, second, ...held], next: null });
  });

  it('judges at the last midnight of the network, and tells a crossing on its first day only', async () => {
    const handler = new RisksNewlyCrossedHandler(tables.store, noGap);
    const nextDay = await handler.execute(new RisksNewlyCrossed(lyon, instant('2026-05-02')));
    expect(nextDay).toMatchObject({ judgedAt: '2026-05-01T22:00:00.000Z' });
    expect(nextDay.crossed.map(({ indicator }) => indicator)).toEqual(['imbalance', 'sameUnit']);
    expect((await handler.execute(new RisksNewlyCrossed(lyon, instant('2026-05-03')))).crossed).toEqual([]);
  });
});
