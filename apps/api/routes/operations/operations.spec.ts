import type { RecordedEvent } from '#event-store/codec.port';
import { START } from '#event-store/log.port';
import { startApi } from '#test/e2e/harness/api-under-test';
import type { Person } from '#test/e2e/harness/person-at';

const operation = { action: 'rebuild', target: 'directory', reason: 'Après la restauration de mars' };

describe('what operators did (§7)', () => {
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

  const recorded = async (): Promise<readonly RecordedEvent[]> => {
    const found: RecordedEvent[] = [];
    for await (const stored of world.installation.log.readAll({ after: START, filter: { types: ['OperatorActed'] } }))
      found.push(world.installation.codec.decode(stored));
    return found;
  };

  it('is recorded once for each key: who acted, on what, and why, the reason never in clear (R19, R22)', async () => {
    const key = { 'idempotency-key': 'rebuild-of-March' };
    const first = await sam!.post('operations', operation, key);
    expect([first.status, first.body.repeated]).toEqual([200, false]);
    expect((await sam!.post('operations', operation, key)).body).toMatchObject({ repeated: true, revision: first.body.revision });
    const [event, ...more] = await recorded();
    const id = await world.installation.keys.find(world.networkId, 'sam');
    expect(event).toMatchObject({
      data: { operator: id, action: 'rebuild', target: 'directory' },
      meta: { actor: { id, role: 'operator' } },
    });
    expect(more).toEqual([]);
    for await (const { data } of world.installation.log.readAll({ after: START })) expect(String(data)).not.toContain('restauration');
  });

  it('is nobody else’s to record', async () => {
    const before = await recorded();
    for (const person of [pam!, lou!]) expect((await person.post('operations', operation)).body.code).toBe('forbidden');
    expect(await recorded()).toEqual(before);
  });

  it.each([
    ['operations', { ...operation, reason: ' ' }, '/reason'],
    ['operations', { action: 'rebuild', target: 'directory' }, '/reason'],
    ['operations', { ...operation, action: 'sing' }, '/action'],
    ['operations', { ...operation, target: 'Ana Martin' }, '/target'],
    ['operations', { ...operation, colour: 'red' }, '/colour'],
  ])('refuses a wrong field of %s %j by its name, %s', async (path, body, field) => {
    const answer = await sam!.post(path, body);
    expect(answer).toMatchObject({ status: 400, body: { code: 'malformed' } });
    expect(new Set(answer.body.errors.map((error: { field: string }) => error.field))).toEqual(new Set([field]));
  });
});
