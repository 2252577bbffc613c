import type { DataOf } from '#kernel/message';
import { lille, lyon } from '#testing/network-facts';
import { ana, bo, pam, person } from '#testing/people';
import { projected, type Projected } from '#testing/projected';
import { storyteller } from '#testing/histories/story';
import type { Role } from '#domain/vocabulary';
import type { AccessEvent } from './accesses.projection';
import { AccessesTo, AccessesToHandler } from './accesses.queries';
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
    look('exchange-1', 'audit', ['aud', 'auditor', '2026-03-03'], { motive: 'Plainte de Bo' });
    look('member-ana', 'identity', ['aud', 'auditor', '2026-03-02']);
    look('exchange-2', 'audit', ['aud', 'auditor', '2026-03-04']);
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

  it('are of one network, and none of what is not theirs (R23)', async () => {
    expect(await to(ana, mine, lille)).toHaveLength(1);
    expect(await to(bo, { streams: ['member-bo'], days: [] })).toEqual([]);
  });
});
