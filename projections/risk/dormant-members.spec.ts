import type { MemberId } from '#domain/ids';
import type { AnyReadModel } from '#read-store/read-model';
import { lille, lyon } from '#testing/network-facts';
import { projected, type Projected } from '#testing/projected';
import { network, people } from '#testing/networks/risk-network';
import { asOf as asOfThen } from '#testing/histories/story';
import { DormantMembers, DormantMembersHandler } from './dormant-members.queries';
import { riskModel } from './risk.table';

describe('dormant members asked for, to help them (§5, §7)', () => {
  let tables: Projected;
  const told = network();
  const many = people(520);
  const page = (asOf: string, limit = 10, cursor?: string, of: string = lyon) =>
    new DormantMembersHandler(tables.store).execute(
      new DormantMembers(of, asOfThen(asOf), { limit, ...(cursor === undefined ? {} : { cursor }) }),
    );
  const ids = async (asOf: string) => (await page(asOf, 1000)).members.map(({ memberId }) => memberId);

  beforeAll(async () => {
    told.enrolled(['ana', 'bo', 'cleo', 'dia'], { on: '2025-01-01' });
    told.enrolled(many, { on: '2025-12-01' });
    told.told('OfferPaused', {}, { on: '2025-05-01', by: 'ana' });
    told.told('MemberLeft', { memberId: 'cleo' as MemberId }, { on: '2025-05-02', by: 'system' });
    told.told('CapacitySet', { memberId: 'dia' as MemberId }, { on: '2025-12-01', by: 'dia' });
    tables = await projected([riskModel as AnyReadModel], told.events);
  });
  afterAll(() => tables.end());

  it('are enrolled, without an act of their own for 180 days, as the indicator counts them', async () => {
    expect(await ids('2025-06-29')).toEqual([]);
    expect(await ids('2025-06-30')).toEqual(['bo', 'dia']);
    expect(await ids('2025-10-28')).toEqual(['ana', 'bo', 'dia']);
    expect(await ids('2025-12-02')).toEqual(['ana', 'bo']);
    for (const day of ['2025-06-30', '2025-10-28', '2025-12-02'])
      expect(await ids(day)).toHaveLength(told.figure('dormancy', day).numerator!);
  });

  it('come by id, with the month of their last act: nobody is ranked (R4), and its time would tell who evaluated (R15, case 27)', async () => {
    expect((await page('2025-12-02')).members).toEqual([
      { memberId: 'ana', lastActedIn: '2025-05' },
      { memberId: 'bo', lastActedIn: '2025-01' },
    ]);
  });

  it('come page by page, however many others lie between them, of one network (R23)', async () => {
    const first = await page('2026-12-01', 521);
    expect([first.members.length, first.members.at(-1)?.memberId]).toEqual([521, 'm517']);
    const second = await page('2026-12-01', 521, first.next!);
    expect(second.members.map(({ memberId }) => memberId)).toEqual(['m518', 'm519']);
    expect(second.next).toBeNull();
    expect((await page('2026-12-01', 10, undefined, lille)).members).toEqual([]);
  });
});
