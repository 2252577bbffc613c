import { startApi } from '#test/e2e/harness/api-under-test';
import type { Person } from '#test/e2e/harness/person-at';

const shown = { exchangeTextsMonths: 24, goneMembersMonths: 36 };

describe('retention runs over HTTP (R19)', () => {
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

  const preview = async () => (await pam!.get('retention-runs/preview')).body;

  it('show what they would end, by the policy in force, before anything runs by itself (R19)', async () => {
    expect(await preview()).toMatchObject({ ...shown, nextRunAt: null, isRunning: false, items: [], next: null });
    expect((await pam!.get('retention-runs')).body).toMatchObject({ runs: [], next: null });
  });

  it('are started by the periods that were shown, and by no others (R19)', async () => {
    expect(await pam!.post('retention-runs', { ...shown, goneMembersMonths: 12 })).toMatchObject({
      status: 409,
      body: { code: 'retention-periods-changed' },
    });
    const started = await pam!.post('retention-runs', shown, { 'idempotency-key': 'first' });
    expect(started.status).toBe(200);
    expect((await pam!.post('retention-runs', shown, { 'idempotency-key': 'first' })).body).toMatchObject({ repeated: true });
    const after = `?after=${started.body.position as string}`;
    const { runs } = (await pam!.get(`retention-runs${after}`)).body as { runs: readonly object[] };
    expect(runs).toEqual([expect.objectContaining({ by: 'data-protection-officer', periods: shown, erased: 0 })]);
    expect((await pam!.get(`retention-runs/preview${after}`)).body).toMatchObject({ nextRunAt: expect.stringMatching(/T2[1-3]:00:00/) });
  });

  it('begin by themselves no more once the policy keeps otherwise: they are to be looked at again (R19)', async () => {
    expect((await lou!.send('PATCH', 'policy', { exchangeTextsMonths: 12 })).status).toBe(200);
    expect(await preview()).toMatchObject({ exchangeTextsMonths: 12, nextRunAt: null });
  });

  it('are a data protection officer’s alone', async () => {
    for (const person of [sam!, lou!])
      for (const answer of [
        await person.post('retention-runs', shown),
        await person.get('retention-runs'),
        await person.get('retention-runs/preview'),
      ])
        expect(answer.body.code).toBe('forbidden');
  });

  it.each([
    [{ ...shown, exchangeTextsMonths: -1 }, '/exchangeTextsMonths'],
    [{ ...shown, exchangeTextsMonths: 121 }, '/exchangeTextsMonths'],
    [{ exchangeTextsMonths: 24 }, '/goneMembersMonths'],
    [{ ...shown, reason: 'x' }, '/reason'],
  ])('refuse a wrong field of %j by its name, %s', async (body, field) => {
    const answer = await pam!.post('retention-runs', body);
    expect(answer).toMatchObject({ status: 400, body: { code: 'malformed' } });
    expect(new Set(answer.body.errors.map((error: { field: string }) => error.field))).toEqual(new Set([field]));
  });
});
