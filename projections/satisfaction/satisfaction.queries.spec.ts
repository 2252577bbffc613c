import type { AnyReadModel } from '#read-store/read-model';
import { lille, lyon } from '#testing/network-facts';
import { projected, type Projected } from '#testing/projected';
import { evaluatedNetwork } from '#testing/networks/satisfaction-network';
import { asOf as asOfThen } from '#testing/histories/story';
import { SatisfactionAt, SatisfactionAtHandler, SatisfactionEvidence, SatisfactionEvidenceHandler } from './satisfaction.queries';
import { satisfactionModel } from './satisfaction.table';

describe('satisfaction asked for', () => {
  let tables: Projected;
  const network = evaluatedNetwork();
  const asOf = asOfThen('2026-07-01');

  beforeAll(async () => {
    network.pairs('a', 5, { on: '2026-05-01' });
    tables = await projected([satisfactionModel as AnyReadModel], network.events);
  });
  afterAll(() => tables.end());

  it('answers from the tables as from the fold, and of its own network alone (R23)', async () => {
    const handler = new SatisfactionAtHandler(tables.store);
    const { figures, readPosition } = await handler.execute(new SatisfactionAt(lyon, asOf, 'network'));
    expect(figures).toEqual(network.figures('2026-07-01'));
    expect(readPosition.recordedAt).toBe('2026-05-01T12:00:00.000Z');
    expect((await handler.execute(new SatisfactionAt(lille, asOf, 'network'))).figures.every(({ hidden }) => hidden)).toBe(true);
  });

  it('opens a shown figure into its events, page by page, and a hidden one into none (R15)', async () => {
    const handler = new SatisfactionEvidenceHandler(tables.store);
    const of = { indicator: 'satisfaction', cell: 'network' } as const;
    const first = await handler.execute(new SatisfactionEvidence(lyon, asOf, of, { limit: 10 }));
    const second = await handler.execute(new SatisfactionEvidence(lyon, asOf, of, { limit: 10, cursor: first.next ?? '' }));
    const [answers, closings, opening] = [10, 5, 1];
    expect([first.eventIds.length, second.eventIds.length, second.next]).toEqual([10, answers + closings + opening - 10, null]);
    const sealed = await handler.execute(new SatisfactionEvidence(lyon, asOfThen('2026-05-02'), of, { limit: 10 }));
    expect(sealed).toEqual({ eventIds: [], next: null });
  });
});
