import { openApiDocument } from '#apps/api/openapi/document';
import { startApi, type Person } from '../harness/api-under-test';
import { eventually, ok } from '../harness/asking';
import { departures } from '../harness/conforms';
import { heldExchange, type HeldExchange } from '../harness/held-exchange';

describe('the auditor’s replay, over HTTP (§7)', () => {
  let world: Awaited<ReturnType<typeof startApi>>;
  let held: HeldExchange;
  let aud: Person;
  let path: string;

  const replay = async (until: object = {}) => ok(await aud.post(path, { motive: 'Contrôle annuel', ...until })).body;

  beforeAll(async () => {
    world = await startApi();
    held = await heldExchange(world);
    const { bo, exchangeId, criteria } = held;
    ok(await bo.post(`exchanges/${exchangeId}/evaluation`, { overall: 5, criteria, usable: 5, again: true, comment: 'Très clair' }));
    aud = await world.person('aud', ['auditor']);
    path = `exchanges/${exchangeId}/replay`;
  }, 120_000);
  afterAll(async () => await world?.close());

  it('shows the exchange as it stood at any version', async () => {
    const first = await replay({ revision: 0 });
    expect(first).toMatchObject({ revision: 0, exchange: { status: 'agreed', confirmedBy: [], sessions: [{ held: false }] } });
    const now = await replay();
    expect(now.exchange.status).toBe('held');
    for (let revision = 0; revision <= now.revision; revision++) {
      const then = await replay({ revision });
      expect(then.exchange.timeline).toEqual(now.exchange.timeline.slice(0, revision + 1));
      expect(then.readPosition.recordedAt).toBe(now.exchange.timeline[revision].recordedAt);
    }
    expect(await replay({ revision: 1_000 })).toEqual(now);
  });

  it('shows it as it stood at any time: by what was recorded then', async () => {
    const { exchange } = await replay();
    const held = exchange.timeline.find(({ type }: { type: string }) => type === 'SessionHeld');
    const then = await replay({ asOf: held.recordedAt });
    expect(then.exchange.timeline.at(-1).recordedAt).toBe(held.recordedAt);
    const before = await aud.post(path, { motive: 'Contrôle annuel', asOf: '2020-01-01T00:00:00Z' });
    expect(before.body).toMatchObject({ status: 404, code: 'exchange-not-found' });
  });

  it('shows all parts of its match’s score, and no text and no evaluation (R15)', async () => {
    const body = await replay();
    expect(Object.keys(body.match.score)).toEqual(expect.arrayContaining(['availability', 'reciprocity', 'waiting', 'total']));
    expect(body.match.origin).toEqual({ kind: 'member', by: held.ids.bo });
    expect(body.exchange.evaluations).toEqual([]);
    for (const text of ['Tableaux croisés', 'Très clair', 'Ana']) expect(JSON.stringify(body)).not.toContain(text);
    expect(departures(openApiDocument(world.api), { method: 'post', path: `/networks/${world.networkId}/${path}`, body })).toEqual([]);
  });

  it('tells of each event what it came from, what it says and what it changed', async () => {
    const { exchange, steps, causes } = await replay();
    const { timeline, ...state } = exchange;
    expect(steps.map(({ eventId }: { eventId: string }) => eventId)).toEqual(timeline.map(({ eventId }: { eventId: string }) => eventId));
    expect(Object.assign({}, ...steps.map(({ changed }: { changed: object }) => changed))).toEqual(state);
    const ofType = (type: string) => steps.find((step: { type: string }) => step.type === type);
    expect(ofType('ExchangeAgreed').data.agreement.content).toEqual({ ref: expect.stringContaining('#/agreement/content') });
    expect(ofType('HeldConfirmed')).toMatchObject({ changed: { confirmedBy: expect.any(Array) } });
    // the exchange follows from its match
    expect(causes).toEqual([expect.objectContaining({ eventId: steps[0].causationId, stream: `match-${exchange.matchId}` })]);
    expect(causes[0].type).toMatch(/^Agreement/);
    for (const { causationId, commandId } of steps.slice(1))
      expect([commandId, ...steps.map(({ eventId }: { eventId: string }) => eventId)]).toContain(causationId);
  });

  it('tells that an answer was given, and nothing of it (R15)', async () => {
    const { steps } = await replay();
    const { data, changed } = steps.find(({ type }: { type: string }) => type === 'EvaluationSubmitted');
    expect(data).toEqual({ exchangeId: held.exchangeId, networkId: world.networkId, memberId: held.ids.bo, role: 'learner' });
    expect(changed).toEqual({});
  });

  it('knows where the events behind a figure lie, for the auditor alone', async () => {
    const path = 'risk/evidence?indicator=imbalance';
    await eventually(async () => ok(await aud.get(path)).body.eventIds.length > 0);
    const { eventIds, events } = ok(await aud.get(path)).body;
    expect(events.map(({ eventId }: { eventId: string }) => eventId).sort()).toEqual([...eventIds].sort());
    expect(events.map(({ stream }: { stream: string }) => stream)).toContain(`exchange-${held.exchangeId}`);
    const lead = await world.person('lou', ['network-lead']);
    expect(ok(await lead.get(path)).body.events).toEqual([]);
  });

  it('is of one’s own network (R23)', async () => {
    const elsewhere = '11111111-1111-4111-8111-111111111111';
    ok(await (await world.person('lou', ['network-lead'], elsewhere)).post('', { label: 'Lille' }));
    const stranger = await world.person('aud', ['auditor'], elsewhere);
    expect((await stranger.post(path, { motive: 'Contrôle annuel' })).body).toMatchObject({ code: 'exchange-not-found' });
  });
});

describe('the charter, over HTTP (R1)', () => {
  let world: Awaited<ReturnType<typeof startApi>>;
  let [ana, lou]: Person[] = [];

  beforeAll(async () => {
    world = await startApi();
    [ana, lou] = [await world.person('ana'), await world.person('lou', ['network-lead'])];
    ok(await lou.post('', { label: 'Lyon' }));
  }, 60_000);
  afterAll(async () => await world?.close());

  it('is read by whoever is to accept it: the version in force, and any other', async () => {
    expect((await ana!.get('charter')).body).toMatchObject({ status: 404, code: 'charter-not-found' });
    for (const fr of ['Chacun offre et demande.', 'Chacun offre, demande et remercie.']) ok(await lou!.post('charter', { text: { fr } }));
    const { body } = ok(await ana!.get('charter'));
    expect(body).toMatchObject({ charterVersion: 2, text: { fr: 'Chacun offre, demande et remercie.' } });
    expect(departures(openApiDocument(world.api), { method: 'get', path: `/networks/${world.networkId}/charter`, body })).toEqual([]);
    expect(ok(await ana!.get('charter?version=1')).body).toMatchObject({ charterVersion: 1, text: { fr: 'Chacun offre et demande.' } });
    expect((await ana!.get('charter?version=3')).status).toBe(404);
  });
});
