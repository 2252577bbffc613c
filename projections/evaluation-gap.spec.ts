import type { AnyReadModel } from '#read-store/read-model';
import { lyon } from '#testing/network-facts';
import { projected, type Projected } from '#testing/projected';
import { evaluatedNetwork } from '#testing/networks/satisfaction-network';
import { asOf as asked } from '#testing/histories/story';
import { gapAtOf } from './evaluation-gap';
import { RiskAt, RiskAtHandler, RiskEvidence, RiskEvidenceHandler } from './risk/risk.queries';
import { riskModel } from './risk/risk.table';
import { satisfactionModel } from './satisfaction/satisfaction.table';

describe('the evaluation gap', () => {
  let tables: Projected;
  const network = evaluatedNetwork();
  const gap = async (asOf: string) => {
    const handler = new RiskAtHandler(tables.store, gapAtOf(tables.store));
    const { figures } = await handler.execute(new RiskAt(lyon, asked(asOf)));
    return figures.find(({ indicator }) => indicator === 'evaluationGap');
  };

  beforeAll(async () => {
    network.pairs('a', 5, { on: '2026-05-04' });
    network.exchanged('b', { on: '2026-05-05', giver: 'g', learners: ['l'], said: { g: {} } });
    network.exchanged('c', { on: '2026-05-13', giver: 'h', learners: ['k'], said: {} });
    tables = await projected([riskModel, satisfactionModel] as AnyReadModel[], network.events);
  });
  afterAll(() => tables.end());

  it('tells at no moment who of two did not evaluate: it moves at the end of a week, by five, with their answers (R15, case 27)', async () => {
    expect(await gap('2026-05-05T12:00:00.000Z')).toMatchObject({ hidden: true, numerator: null, alert: false });
    expect(await gap('2026-05-10T21:59:59.999Z')).toMatchObject({ hidden: true });
    const told = { hidden: false, numerator: 1, denominator: 12, n: 12, threshold: 0.3, alert: false };
    expect(await gap('2026-05-10T22:00:00.000Z')).toMatchObject(told);
    expect(await gap('2026-05-13T12:00:00.000Z')).toMatchObject(told);
    expect(await gap('2026-05-31T22:00:00.000Z')).toMatchObject(told);
    expect(network.figure('responseRate', '2026-05-31')).toMatchObject({ numerator: 11, denominator: 12 });
  });

  it('is counted again from what it opens into (§6, case 23)', async () => {
    const handler = new RiskEvidenceHandler(tables.store, gapAtOf(tables.store));
    const of = { indicator: 'evaluationGap', cell: null } as const;
    const { eventIds } = await handler.execute(new RiskEvidence(lyon, asked('2026-06-01'), of, { limit: 50 }));
    const closings = network.events.flatMap(({ type, data, meta }) =>
      type === 'ExchangeClosed' && eventIds.includes(meta.eventId) ? [data] : [],
    );
    const sum = (of: 'missed' | 'submitted') => closings.reduce((total, closing) => total + closing[of].length, 0);
    expect(await gap('2026-06-01')).toMatchObject({ numerator: sum('missed'), denominator: sum('missed') + sum('submitted') });
  });

  it('opens into the closings that it was counted from, and into the policy; and into none while it is hidden (R15)', async () => {
    const handler = new RiskEvidenceHandler(tables.store, gapAtOf(tables.store));
    const of = { indicator: 'evaluationGap', cell: null } as const;
    const opened = async (asOf: string) => (await handler.execute(new RiskEvidence(lyon, asked(asOf), of, { limit: 50 }))).eventIds;
    const closings = network.events.flatMap(({ type, meta }) => (type === 'ExchangeClosed' ? [meta.eventId] : []));
    const [opening] = network.events.map(({ meta }) => meta.eventId);
    expect([...(await opened('2026-06-01'))].sort()).toEqual([opening, ...closings.slice(0, 6)].sort());
    expect(await opened('2026-05-06')).toEqual([]);
  });
});
