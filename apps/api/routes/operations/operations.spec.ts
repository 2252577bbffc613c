import type { RecordedEvent } from '#event-store/codec.port';
import { START } from '#event-store/log.port';
import { startApi, type Person } from '#test/e2e/harness/api-under-test';

const operation = { action: 'rebuild', target: 'directory', reason: 'Après la restauration de mars' };
const retention = { upTo: '2021-03-01T00:00:00Z', erased: 12 };

describe('what was purged, and what operators did (§7)', () => {
  let world: Awaited<ReturnType<typeof startApi>>;
  let [sam, pam, lou]: Person[] = [];

  beforeAll(async () => {
    world = await startApi();
    sam = await world.person('sam', ['operator']);
    pam = await world.person('pam', ['data-protection-officer']);
    lou = await world.person('lou', ['network-lead']);
    expect((await lou.post('', { label: 'Lyon' })).status).toBe(200);
  }, 60_000);
  afterAll(async () => await world?.close());

  const recorded = async (type: 'RetentionRun' | 'OperatorActed'): Promise<readonly RecordedEvent[]> => {
    const found: RecordedEvent[] = [];
    for await (const stored of world.installation.log.readAll({ after: START, filter: { types: [type] } }))
      found.push(world.installation.codec.decode(stored));
    return found;
  };

  it('is recorded once for each key: who acted, on what, and why, the reason never in clear (R19, R22)', async () => {
    const key = { 'idempotency-key': 'rebuild-of-March' };
    const first = await sam!.post('operations', operation, key);
    expect([first.status, first.body.repeated]).toEqual([200, false]);
    expect((await sam!.post('operations', operation, key)).body).toMatchObject({ repeated: true, revision: first.body.revision });
    const [event, ...more] = await recorded('OperatorActed');
    const id = await world.installation.keys.find(world.networkId, 'sam');
    expect(event).toMatchObject({
      data: { operator: id, action: 'rebuild', target: 'directory' },
      meta: { actor: { id, role: 'operator' } },
    });
    expect(more).toEqual([]);
    for await (const { data } of world.installation.log.readAll({ after: START })) expect(String(data)).not.toContain('restauration');
  });

  it('is recorded by the data protection officer for a retention run', async () => {
    expect((await pam!.post('retention-runs', retention)).status).toBe(200);
    const [event] = await recorded('RetentionRun');
    expect(event).toMatchObject({ data: { networkId: world.networkId, upTo: '2021-03-01T00:00:00.000Z', erased: 12 } });
  });

  it('is nobody else’s to record, not even each other’s', async () => {
    const before = [await recorded('OperatorActed'), await recorded('RetentionRun')];
    for (const person of [pam!, lou!]) expect((await person.post('operations', operation)).body.code).toBe('forbidden');
    for (const person of [sam!, lou!]) expect((await person.post('retention-runs', retention)).body.code).toBe('forbidden');
    expect([await recorded('OperatorActed'), await recorded('RetentionRun')]).toEqual(before);
  });

  it.each([
    ['operations', { ...operation, reason: ' ' }, '/reason'],
    ['operations', { action: 'rebuild', target: 'directory' }, '/reason'],
    ['operations', { ...operation, action: 'sing' }, '/action'],
    ['operations', { ...operation, target: 'Ana Martin' }, '/target'],
    ['operations', { ...operation, colour: 'red' }, '/colour'],
    ['retention-runs', { ...retention, upTo: 'yesterday' }, '/upTo'],
    ['retention-runs', { ...retention, erased: -1 }, '/erased'],
    ['retention-runs', { ...retention, reason: 'x' }, '/reason'],
  ])('refuses a wrong field of %s %j by its name, %s', async (path, body, field) => {
    const person = path === 'operations' ? sam! : pam!;
    const answer = await person.post(path, body);
    expect(answer).toMatchObject({ status: 400, body: { code: 'malformed' } });
    expect(new Set(answer.body.errors.map((error: { field: string }) => error.field))).toEqual(new Set([field]));
  });
});
