import type { DataOf } from '#kernel/message';
import { lille, lyon } from '#testing/network-facts';
import { ana, bo, pam, person } from '#testing/people';
import { projected, type Projected } from '#testing/projected';
import { storyteller } from '#testing/histories/story';
import type { Role } from '#domain/vocabulary';
import type { AccessEvent } from './accesses.projection';
import { AccessesTo, AccessesToHandler, ListAccesses, ListAccessesHandler } from './accesses.queries';
import { accessesModel } from './accesses.table';

type Look = Partial<DataOf<AccessEvent, 'PersonalDataAccessed'>>;

describe('looks at a member’s data (§7)', () => {
  let here: Projected;
  const to = async (memberId: string, of: { streams: readonly string[]; days: readonly string[] }, networkId: string = lyon) =>
    (await new AccessesToHandler(here.store).execute(new AccessesTo(networkId, memberId, of))).accesses;
  const mine = { streams: ['member-ana', 'exchange-1'], days: ['2026-02-15'] };

  beforeAll(async () => {
    const { told, events } = storyteller();
    const look = (subject: string, purpose: Look['purpose'], [by, as, on]: readonly [string, Role, string], more: Look = {}) =>
      told('PersonalDataAccessed', { networkId: lyon, subject, purpose: purpose!, by: person(by), ...more }, { on, by, as });
    look('exchange-1', 'audit', ['aud', 'auditor', '2026-03-03'], { motive: 'Plainte de Bo', route: null });
    look('member-ana', 'identity', ['aud', 'auditor', '2026-03-02']);
    look('exchange-2', 'audit', ['aud', 'auditor', '2026-03-04'], { route: 'savoirs audit exchange' });
    look('member-ana', 'access-request', [pam, 'data-protection-officer', '2026-03-05']);
    look('member-ana', 'access-request', [ana, 'member', '2026-03-06']);
    look('training-hours/2026-02-15/2026-02-15', 'hours-export', ['hal', 'hr', '2026-03-07']);
    look('training-hours/2026-02-16/2026-03-31', 'hours-export', ['hal', 'hr', '2026-03-08']);
    look('exchange-1', 'audit', ['aud', 'auditor', '2026-03-09'], { networkId: lille });
    here = await projected([accessesModel], events);
  });
  afterAll(() => here.end());

  it('are those by others at the streams named and at hours of their days, in the order of time', async () => {
    expect((await to(ana, mine)).map(({ role, purpose, subject }) => `${role} ${purpose} ${subject}`)).toEqual([
      'auditor identity member-ana',
      'auditor audit exchange-1',
      'data-protection-officer access-request member-ana',
      'hr hours-export training-hours/2026-02-15/2026-02-15',
    ]);
  });

  it('tell the role and the purpose, neither who looked nor their words', async () => {
    const told = JSON.stringify(await to(ana, mine));
    for (const secret of ['"aud"', 'pam', 'Plainte', 'ref']) expect(told).not.toContain(secret);
  });

  it('tell those who supervise why and by which way, and null of looks from before the way was recorded', async () => {
    const { accesses } = await new ListAccessesHandler(here.store).execute(new ListAccesses(lyon, null, { limit: 99 }));
    const looks = accesses.filter(({ purpose }) => purpose === 'audit').map(({ subject, route }) => [subject, route]);
    expect(looks).toEqual([
      ['exchange-2', 'savoirs audit exchange'],
      ['exchange-1', null],
    ]);
    expect(accesses.find(({ subject }) => subject === 'exchange-1')?.motive).toBe('Plainte de Bo');
  });

  it('are of one network, and none of what is not theirs (R23)', async () => {
    expect(await to(ana, mine, lille)).toHaveLength(1);
    expect(await to(bo, { streams: ['member-bo'], days: [] })).toEqual([]);
  });
});
