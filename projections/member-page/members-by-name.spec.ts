import type { MemberId } from '#domain/ids';
import { eventExamples } from '#testing/event-examples';
import { lille, lyon } from '#testing/network-facts';
import { ana, bo, cleo, dia, eli } from '#testing/people';
import { projected, type Projected } from '#testing/projected';
import { storyteller } from '#testing/histories/story';
import { MembersByName, MembersByNameHandler } from './members-by-name.queries';
import { memberPageModel } from './member-page.table';

const { profile } = eventExamples.MembershipRequested;

describe('members who are looked up by name', () => {
  let tables: Projected;
  const find = (name: string, page: { limit: number; cursor?: string } = { limit: 10 }) =>
    new MembersByNameHandler(tables.store).execute(new MembersByName(lyon, name, page));
  const found = async (name: string) => (await find(name)).members.map(({ memberId }) => memberId);

  beforeAll(async () => {
    const { told, events } = storyteller();
    const enters = (memberId: MemberId, name: string, networkId = lyon) => {
      told('MembershipRequested', { memberId, networkId, profile: { ...profile, name } }, { on: '2026-03-01' });
      told('MemberEnrolled', { memberId, networkId }, { on: '2026-03-01' });
    };
    enters(ana, 'Élodie Le Goff');
    enters(bo, 'Jean-Pierre Goffin');
    enters(cleo, 'Élodie Martin', lille);
    told('MembershipRequested', { memberId: dia, profile: { ...profile, name: 'Élodie Roy' } }, { on: '2026-03-01' });
    enters(eli, 'Élodie Blanc');
    told('MemberLeft', { memberId: eli }, { on: '2026-03-02' });
    tables = await projected(
      [memberPageModel],
      events.map((event) => {
        const { memberId } = event.data as { memberId: MemberId };
        return { ...event, meta: { ...event.meta, stream: `member-${memberId}` as never } };
      }),
    );
  });
  afterAll(() => tables.end());

  it('are found by how words of their name begin, without accents, in any order', async () => {
    expect(await found('elodie')).toEqual([ana]);
    expect(await found('gof élo')).toEqual([ana]);
    expect(await found('GOF')).toEqual([ana, bo]);
    expect(await found('pierre')).toEqual([bo]);
    expect(await found('lodie')).toEqual([]);
    expect((await find('elodie')).members).toEqual([
      { memberId: ana, name: 'Élodie Le Goff', status: 'enrolled', site: profile.site, unit: profile.unit },
    ]);
  });

  it('takes what is typed as it is, and finds nobody by nothing', async () => {
    expect(await found('%')).toEqual([]);
    expect(await found('_lodie')).toEqual([]);
    expect(await found("' -")).toEqual([]);
  });

  it('leaves out who has not confirmed, who has left, and other networks (R6, R23)', async () => {
    expect(await found('roy')).toEqual([]);
    expect(await found('blanc')).toEqual([]);
    expect(await found('martin')).toEqual([]);
  });

  it('come page by page, by id', async () => {
    const first = await find('gof', { limit: 1 });
    const second = await find('gof', { limit: 1, cursor: first.next ?? '' });
    expect([first, second].map(({ members }) => members.map(({ memberId }) => memberId))).toEqual([[ana], [bo]]);
    expect(second.next).toBeNull();
  });

  it('are found no more once their data is erased (R19)', async () => {
    await tables.texts.erase({ network: lyon, members: [bo], streams: [] });
    expect(await found('goffin')).toEqual([]);
  });
});
