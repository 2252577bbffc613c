import type { MemberId } from '#domain/ids';
import { lille, lyon } from '#testing/network-facts';
import { ana, bo, cleo, dia, fay } from '#testing/people';
import { projected, type Projected } from '#testing/projected';
import { storyteller } from '#testing/histories/story';
import { ListForbiddenPairs, ListForbiddenPairsHandler } from './forbidden-pairs.queries';
import { forbiddenPairsModel } from './forbidden-pairs.table';

describe('pairs that are kept apart', () => {
  let tables: Projected;
  const list = (askedBy: MemberId, page: { limit: number; cursor?: string } = { limit: 10 }) =>
    new ListForbiddenPairsHandler(tables.store).execute(new ListForbiddenPairs(lyon, askedBy, page));
  const pairsSeen = async (askedBy: MemberId) => (await list(askedBy)).pairs.map(({ pair }) => pair);

  beforeAll(async () => {
    const { told, events } = storyteller();
    const by = { networkId: lyon, by: fay };
    told('PairForbidden', { ...by, pair: [bo, ana], reason: 'À leur demande' }, { on: '2026-03-01' });
    told('PairForbidden', { ...by, pair: [bo, cleo] }, { on: '2026-03-02' });
    told('PairForbidden', { ...by, pair: [dia, cleo] }, { on: '2026-03-03' });
    told('PairForbidden', { ...by, networkId: lille, pair: [ana, dia] }, { on: '2026-03-03' });
    told('PairAllowed', { ...by, pair: [cleo, bo] }, { on: '2026-03-04' });
    tables = await projected([forbiddenPairsModel], events);
  });
  afterAll(() => tables.end());

  it('are listed with who, since when and why, longest first, until they are lifted, of one network (R7, R23, case 20)', async () => {
    const { pairs, next } = await list(fay);
    expect(pairs).toEqual([
      { pair: [ana, bo], by: fay, since: '2026-03-01T12:00:00.000Z', reason: 'À leur demande' },
      expect.objectContaining({ pair: [cleo, dia] }),
    ]);
    expect(next).toBeNull();
  });

  it('are no affair of those whom they name (§7, case 20)', async () => {
    expect(await pairsSeen(ana)).toEqual([[cleo, dia]]);
    expect(await pairsSeen(dia)).toEqual([[ana, bo]]);
  });

  it('come page by page', async () => {
    const first = await list(fay, { limit: 1 });
    const second = await list(fay, { limit: 1, cursor: first.next ?? '' });
    expect([first, second].map(({ pairs }) => pairs.map(({ pair }) => pair))).toEqual([[[ana, bo]], [[cleo, dia]]]);
    expect(second.next).toBeNull();
  });
});
