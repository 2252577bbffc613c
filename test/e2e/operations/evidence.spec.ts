import { openApiDocument } from '#apps/api/openapi/document';
import type { Bundle } from '#audit/bundle/bundle';
import { verifyBundle } from '#audit/bundle/verify-bundle';
import { verifierKeyText } from '#audit/notes/note-key';
import { startApi } from '../harness/api-under-test';
import type { Person } from '../harness/person-at';
import { ok } from '../harness/asking';
import { departures } from '../harness/conforms';
import { heldExchange, type HeldExchange } from '../harness/held-exchange';
import { signLog } from '../harness/sign-log';

const MOTIVE = { motive: 'Contrôle annuel' };

describe('evidence of an exchange, over HTTP (§7)', () => {
  let world: Awaited<ReturnType<typeof startApi>>;
  let held: HeldExchange;
  let aud: Person;
  let path: string;

  beforeAll(async () => {
    world = await startApi();
    held = await heldExchange(world);
    aud = await world.person('aud', ['auditor']);
    path = `exchanges/${held.exchangeId}/evidence-bundle`;
    await signLog(world.installation);
  }, 120_000);
  afterAll(async () => await world?.close());

  it('is one file with the events of a replay, which the log’s key proves, and no text of a person', async () => {
    const { body, headers } = ok(await aud.post(path, MOTIVE));
    const { events } = body as Bundle;
    const { steps } = ok(await aud.post(`exchanges/${held.exchangeId}/replay`, MOTIVE)).body as { steps: { eventId: string }[] };
    expect(events.map(({ id }) => id)).toEqual(steps.map(({ eventId }) => eventId));
    const proven = verifyBundle(JSON.stringify(body), { key: verifierKeyText(world.installation.tree.key) });
    expect(proven).toMatchObject({ events: steps.length, origin: world.installation.tree.key.name });
    expect(headers.get('content-disposition')).toBe(`attachment; filename="evidence-${held.exchangeId}.json"`);
    for (const text of ['Tableaux croisés', 'Ana', 'ana@example.org']) expect(JSON.stringify(body)).not.toContain(text);
    const route = { method: 'post', path: `/networks/${world.networkId}/${path}`, body };
    expect(departures(openApiDocument(world.api), route)).toEqual([]);
  });

  it('is not given before what it proves is signed, and says what to do', async () => {
    const { bo, exchangeId, criteria } = held;
    ok(await bo.post(`exchanges/${exchangeId}/evaluation`, { overall: 5, criteria, usable: 5, again: true, comment: 'Très clair' }));
    const { status, body, headers } = await aud.post(path, MOTIVE, { 'accept-language': 'fr' });
    expect([status, body.code, headers.get('retry-after')]).toEqual([503, 'not-signed-yet', '60']);
    expect(body.title).toContain('savoirs audit checkpoint');
    await signLog(world.installation);
    const bundle = ok(await aud.post(path, MOTIVE)).body as Bundle;
    const given = bundle.events.find(({ type }) => type === 'EvaluationSubmitted');
    expect(given).toMatchObject({ dataHash: expect.stringMatching(/^[0-9a-f]{64}$/) });
  });

  it('is refused without a motive, to others, and of what is not there (R23)', async () => {
    expect((await aud.post(path, { motive: ' ' })).body).toMatchObject({ status: 400, errors: [{ field: '/motive' }] });
    expect((await held.ana.post(path, MOTIVE)).status).toBe(403);
    const none = await aud.post('exchanges/11111111-1111-4111-8111-111111111111/evidence-bundle', MOTIVE);
    expect(none.body).toMatchObject({ status: 404, code: 'exchange-not-found' });
  });

  it('is refused where an event is no longer the one that was signed, and says what to do', async () => {
    // as somebody with the database’s password may: a space, which reads the same
    const altered = `update log.events set data = replace(data, '{"agreement"', '{ "agreement"') where type = 'ExchangeAgreed'`;
    expect((await world.installation.pool.query(altered)).rowCount).toBe(1);
    const { body } = await aud.post(path, MOTIVE);
    expect(body).toMatchObject({ status: 409, code: 'log-altered', title: expect.stringContaining('savoirs audit check') });
    expect(body.detail).toMatch(/^Event \d+ of the log/);
  });
});
