import { lille, lyon } from '#testing/network-facts';
import { ana, bo, cleo, dia, pam, quin } from '#testing/people';
import { projected, type Projected } from '#testing/projected';
import { storyteller } from '#testing/histories/story';
import { ListErasures, ListErasuresHandler, ReadErasure, ReadErasureHandler } from './erasures.queries';
import { erasuresModel } from './erasures.table';

describe('erasures', () => {
  let tables: Projected;
  const list = (state: 'open' | 'erased', page: { limit: number; cursor?: string } = { limit: 10 }, askedBy: string = pam) =>
    new ListErasuresHandler(tables.store).execute(new ListErasures(lyon, askedBy, { state, ...page }));
  const of = async (memberId: string, network: string = lyon) =>
    (await new ReadErasureHandler(tables.store).execute(new ReadErasure(network, memberId))).erasure;
  const noon = (day: string) => `${day}T12:00:00.000Z`;

  beforeAll(async () => {
    const { told, events } = storyteller();
    const about = (memberId: string) => ({ networkId: lyon, memberId: memberId as never });
    told('ErasureRequested', { ...about(ana), by: ana }, { on: '2026-03-01', by: ana });
    told('ErasureRequested', { ...about(bo), by: pam }, { on: '2026-03-02', by: pam });
    told('ErasureDeferred', { ...about(bo), by: quin, until: noon('2026-06-01') as never }, { on: '2026-03-03', by: quin });
    told('ErasureApproved', { ...about(ana), by: pam }, { on: '2026-03-04', by: pam });
    told('PersonalDataErased', { ...about(cleo), ground: 'entry-not-confirmed' }, { on: '2026-03-05' });
    told('PersonalDataErased', { ...about(dia), ground: 'approved' }, { on: '2026-03-06' });
    told('ErasureRequested', { networkId: lille, memberId: 'elsewhere' as never, by: pam }, { on: '2026-03-01', by: pam });
    tables = await projected([erasuresModel], events);
  });
  afterAll(() => tables.end());

  it('are listed with who asked, who approved and until when one is held, longest asked for first, of one network (R19, R23)', async () => {
    const officer = 'data-protection-officer';
    expect((await list('open')).erasures).toEqual([
      {
        memberId: ana,
        asked: { at: noon('2026-03-01'), by: 'member', byYou: false },
        approved: { at: noon('2026-03-04'), by: officer, byYou: true },
        held: null,
        erased: null,
      },
      {
        memberId: bo,
        asked: { at: noon('2026-03-02'), by: officer, byYou: true },
        approved: null,
        held: { at: noon('2026-03-03'), by: officer, byYou: false, until: noon('2026-06-01') },
        erased: null,
      },
    ]);
  });

  it('are listed once done, with their ground, the last one first', async () => {
    expect((await list('erased')).erasures.map(({ memberId, erased }) => [memberId, erased?.ground])).toEqual([
      [dia, 'approved'],
      [cleo, 'entry-not-confirmed'],
    ]);
  });

  it.each(['open', 'erased'] as const)('come page by page: %s', async (state) => {
    const first = await list(state, { limit: 1 });
    const second = await list(state, { limit: 1, cursor: first.next ?? '' });
    expect([...first.erasures, ...second.erasures]).toEqual((await list(state)).erasures);
    expect(second.next).toBeNull();
  });

  it('name no officer to the member, and are of one network (R23)', async () => {
    const own = await of(bo);
    expect(own).toMatchObject({ asked: { by: 'data-protection-officer', byYou: false }, held: { until: noon('2026-06-01') } });
    expect(JSON.stringify(own)).not.toContain(pam);
    expect(await of(ana)).toMatchObject({ asked: { by: 'member', byYou: true } });
    expect(await of(bo, lille)).toBeNull();
    expect(await of(quin)).toBeNull();
  });
});
