import type { RecordedEvent } from '#event-store/codec.port';
import { START } from '#event-store/log.port';
import { startApi } from '../harness/api-under-test';
import type { Person } from '../harness/person-at';
import { ok } from '../harness/asking';

type Access = Extract<RecordedEvent, { type: 'PersonalDataAccessed' }>;

describe('looks at personal data are recorded (§7)', () => {
  let world: Awaited<ReturnType<typeof startApi>>;
  let [hal, lou]: Person[] = [];

  const accesses = async (): Promise<readonly Access[]> => {
    const found: Access[] = [];
    for await (const stored of world.installation.log.readAll({ after: START, filter: { types: ['PersonalDataAccessed'] } }))
      found.push(world.installation.codec.decode(stored) as Access);
    return found;
  };
  const subjects = async (): Promise<readonly string[]> => (await accesses()).map(({ data }) => data.subject);

  beforeAll(async () => {
    world = await startApi();
    hal = await world.person('hal', ['hr']);
    lou = await world.person('lou', ['network-lead']);
    ok(await lou.post('', { label: 'Lyon' }));
  }, 60_000);
  afterAll(async () => await world?.close());

  it('HR’s export of hours too: by whom, of which days, for what, each page anew (R20)', async () => {
    const days = 'training-hours?from=2026-01-01&to=2026-03-31';
    ok(await hal!.get(days));
    ok(await hal!.get(`${days}&limit=1`));
    const [first, second, ...more] = await accesses();
    const id = await world.installation.keys.find(world.networkId, 'hal');
    expect(first).toMatchObject({
      data: { by: id, purpose: 'hours-export', subject: 'training-hours/2026-01-01/2026-03-31', networkId: world.networkId },
      meta: { actor: { id, role: 'hr' } },
    });
    expect([second?.data.subject, more]).toEqual([first?.data.subject, []]);
  });

  it('whatever key a look comes under', async () => {
    const before = (await accesses()).length;
    const key = { 'idempotency-key': 'again', 'if-match': '"0"' };
    for (let time = 0; time < 2; time++) ok(await hal!.get('training-hours?from=2026-04-01&to=2026-04-30', key));
    expect((await subjects()).slice(before)).toEqual(Array.from({ length: 2 }, () => 'training-hours/2026-04-01/2026-04-30'));
  });

  it('and listed to auditors and data protection officers alone, the newest first, by pages: who, at what, by which way, why', async () => {
    const [rose, pam] = [await world.person('rose', ['auditor']), await world.person('pam', ['data-protection-officer'])];
    const after = `after=${await world.installation.log.head()}`;
    const first = ok(await rose.get(`accesses?limit=1&${after}`)).body;
    expect(first.accesses).toMatchObject([
      {
        role: 'hr',
        purpose: 'hours-export',
        subject: 'training-hours/2026-04-01/2026-04-30',
        route: 'GET /networks/{networkId}/training-hours',
      },
    ]);
    const rest = ok(await pam.get(`accesses?cursor=${first.next}`)).body;
    expect([rest.accesses.length, rest.next]).toEqual([(await accesses()).length - 1, null]);
    expect(rest.accesses.every(({ motive }: { readonly motive: string }) => motive.length > 3)).toBe(true);
    const of = 'subject=training-hours/2026-01-01/2026-03-31';
    expect(ok(await rose.get(`accesses?${of}`)).body.accesses).toHaveLength(2);
    for (const other of [hal!, lou!]) expect((await other.get('accesses')).status).toBe(403);
  });

  it('but neither aggregates nor what was refused', async () => {
    const before = (await accesses()).length;
    ok(await lou!.get('training-hours/months?from=2026-01-01&to=2026-03-31'));
    expect((await lou!.get('training-hours?from=2026-01-01&to=2026-03-31')).status).toBe(403);
    expect((await hal!.get('training-hours?from=2026-01-01')).status).toBe(400);
    expect(await accesses()).toHaveLength(before);
  });
});
