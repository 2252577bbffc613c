import { openApiDocument } from '#apps/api/openapi/document';
import { START } from '#event-store/log.port';
import { startApi } from '../harness/api-under-test';
import type { HttpAnswer, Person } from '../harness/person-at';
import { eventually, ok } from '../harness/asking';
import { departures } from '../harness/conforms';
import { heldExchange, type HeldExchange } from '../harness/held-exchange';

type Step = HttpAnswer['body'];
const ofType = (steps: readonly Step[], type: string): Step => steps.find((step) => step.type === type);

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
    expect(await replay({ revision: 1_000_000 })).toEqual(now);
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
    const own = steps.filter(({ stream }: Step) => stream === `exchange-${held.exchangeId}`);
    expect(own.map(({ eventId }: Step) => eventId)).toEqual(timeline.map(({ eventId }: { eventId: string }) => eventId));
    expect(Object.assign({}, ...steps.map(({ changed }: Step) => changed))).toEqual(state);
    expect(ofType(steps, 'ExchangeAgreed').data.agreement.content).toEqual({ ref: expect.stringContaining('#/agreement/content') });
    expect(ofType(steps, 'HeldConfirmed')).toMatchObject({ changed: { confirmedBy: expect.any(Array) } });
    // what made each happen is an act, an event before it, or one of another history
    for (const [at, { cause, causationId, commandId, correlationId, depth }] of steps.entries()) {
      if (cause === null) expect([commandId, correlationId, ...causes.map(({ eventId }: Step) => eventId)]).toContain(causationId);
      else expect([steps[cause].eventId, steps[cause].depth + 1, cause < at]).toEqual([causationId, depth, true]);
    }
  });

  it('goes through all histories that led to it, in the order of the log', async () => {
    const { steps, people } = await replay();
    const { ana, bo, moe } = held.ids;
    expect(people).toEqual([
      { memberId: ana, role: 'giver', erasedAt: null },
      { memberId: bo, role: 'learner', erasedAt: null },
      { memberId: moe, role: 'mediator', erasedAt: null },
    ]);
    expect(steps.map(({ position }: Step) => position)).toEqual(steps.map(({ position }: Step) => position).sort());
    const entered = steps.filter(({ type }: Step) => type === 'MemberEnrolled');
    expect(entered.map(({ stream }: Step) => stream)).toEqual([ana, bo, moe].map((id) => `member-${id}`));
    for (const type of [
      'OfferPublished',
      'RequestPublished',
      'MatchProposed',
      'EngagementReserved',
      'ConnectionPlanned',
      'AgreementReached',
    ])
      expect(ofType(steps, type)).toBeDefined();
    const agreed = ofType(steps, 'ExchangeAgreed');
    expect(steps[agreed.cause].type).toMatch(/^Agreement/);
    expect(ofType(steps, 'MatchProposed').why).toMatchObject({ reasons: ['member'], score: { total: expect.any(Number) } });
    expect(ofType(steps, 'ExchangeHeld').why.deadlines).toMatchObject({ evaluateBy: expect.any(String) });
  });

  it('shows of its people’s histories neither site nor unit (§4)', async () => {
    const { steps } = await replay();
    for (const { data } of steps.filter(({ type }: Step) => type === 'MemberEnrolled')) {
      expect(data).toMatchObject({ capacity: 2, offers: [expect.anything()] });
      expect(data).not.toHaveProperty('site');
      expect(data).not.toHaveProperty('unit');
    }
  });

  it('shows what has become otherwise between two moments, by version, date or place', async () => {
    const now = await replay();
    const agreed = ofType(now.steps, 'ExchangeAgreed');
    for (const since of [{ revision: 0 }, { asOf: agreed.recordedAt }, { asOf: agreed.position }]) {
      const { difference } = await replay({ since });
      expect(difference.from).toEqual({ revision: 0, position: agreed.position, recordedAt: agreed.recordedAt });
      const status = difference.fields.find(({ field }: { field: string }) => field === 'status');
      expect(status).toEqual({ field: 'status', before: 'agreed', after: 'held' });
    }
    const { difference } = await replay({ since: { asOf: '2020-01-01T00:00:00Z' } });
    expect(difference).toMatchObject({ from: null, fields: expect.arrayContaining([{ field: 'status', before: null, after: 'held' }]) });
  });

  it('stands before the agreement without an exchange, at any place of the log', async () => {
    const { steps } = await replay();
    const proposed = ofType(steps, 'MatchProposed');
    const then = await replay({ asOf: proposed.position });
    expect(then).toMatchObject({ exchange: null, revision: null, readPosition: { position: proposed.position } });
    expect(then.steps).toEqual(steps.slice(0, steps.indexOf(proposed) + 1));
    const other = await aud.post(path, { motive: 'Contrôle annuel', asOf: `${proposed.position.slice(0, 21)}ffffffff` });
    expect(other.body).toMatchObject({ status: 410, code: 'another-log' });
  });

  it('tells that an answer was given, and nothing of it (R15)', async () => {
    const { data, changed } = ofType((await replay()).steps, 'EvaluationSubmitted');
    expect(data).toEqual({ exchangeId: held.exchangeId, networkId: world.networkId, memberId: held.ids.bo, role: 'learner' });
    expect(changed).toEqual({});
  });

  it('answers as lines for a spreadsheet, and as a page to print that runs nothing', async () => {
    const { steps } = await replay();
    const csv = ok(await aud.post(path, { motive: 'Contrôle annuel' }, { accept: 'text/csv' }));
    expect(csv.headers.get('content-disposition')).toBe(`attachment; filename="exchange-${held.exchangeId}.csv"`);
    const lines = csv.body.trimEnd().split('\n');
    expect(lines).toHaveLength(steps.length + 1);
    expect(lines[0]).toMatch(/^number,recorded_at,occurred_at,stream,revision,event_id,type,actor_id,actor_role,cause,/);
    const since = { revision: 0 };
    const headers = { accept: 'text/html', 'accept-language': 'fr' };
    const page = ok(await aud.post(path, { motive: 'Contrôle annuel', since }, headers));
    expect(page.headers.get('content-security-policy')).toMatch(/^default-src 'none'; style-src 'sha256-[\w+/=]+';/);
    for (const shown of ['lang="fr"', 'Appariement proposé', held.ids.moe, 'Ce qui a changé depuis']) expect(page.body).toContain(shown);
    for (const hidden of ['<script', 'Tableaux croisés', 'Très clair', 'Ana', 'LYO']) expect(page.body).not.toContain(hidden);
  });

  it('tells names with a motive of their own, each as a look of its own', async () => {
    const looks = async () => {
      const found: object[] = [];
      for await (const stored of world.installation.log.readAll({ after: START, filter: { types: ['PersonalDataAccessed'] } }))
        found.push(world.installation.codec.decode(stored).data);
      return found;
    };
    const before = (await looks()).length;
    const { people } = await replay({ namesMotive: 'Convocation des personnes' });
    expect(people.map(({ name }: { name: string }) => name)).toEqual(['Ana', 'Bo', 'Moé']);
    const { ana, bo, moe } = held.ids;
    expect((await looks()).slice(before)).toMatchObject([
      { subject: `exchange-${held.exchangeId}`, purpose: 'audit' },
      ...[ana, bo, moe].map((id) => ({ subject: `member-${id}`, purpose: 'identity' })),
    ]);
    expect((await aud.post(path, { motive: 'Contrôle annuel', namesMotive: ' ' })).status).toBe(400);
  });

  it('opens any event that an answer names, and records the look under the history in which it lies', async () => {
    const { steps } = await replay();
    for (const type of ['MemberEnrolled', 'EngagementReserved', 'EvaluationSubmitted', 'ExchangeHeld']) {
      const step = ofType(steps, type);
      const body = ok(await aud.post(`events/${step.eventId}/opening`, { motive: 'Contrôle annuel' })).body;
      const { cause: _, depth: __, changed: ___, ...told } = step;
      expect(body.event).toEqual({ ...told, version: expect.any(Number) });
      const route = { method: 'post', path: `/networks/${world.networkId}/events/${step.eventId}/opening`, body };
      expect(departures(openApiDocument(world.api), route)).toEqual([]);
    }
    const none = await aud.post('events/11111111-1111-4111-8111-111111111111/opening', { motive: 'Contrôle annuel' });
    expect(none.body).toMatchObject({ status: 404, code: 'event-not-found' });
    const seen: string[] = [];
    for await (const stored of world.installation.log.readAll({ after: START, filter: { types: ['PersonalDataAccessed'] } })) {
      const { data } = world.installation.codec.decode(stored);
      if ('subject' in data && typeof data.subject === 'string') seen.push(data.subject);
    }
    expect(seen.slice(-3)).toEqual([
      ofType(steps, 'EvaluationSubmitted').stream,
      ofType(steps, 'ExchangeHeld').stream,
      'event-11111111-1111-4111-8111-111111111111',
    ]);
  });

  it('knows where the events behind a figure lie, for the auditor alone', async () => {
    const look = async () => ok(await aud.post('risk/evidence', { indicator: 'imbalance', motive: 'Contrôle annuel' })).body;
    await eventually(async () => (await look()).eventIds.length > 0);
    const { eventIds, events } = await look();
    expect(events.map(({ eventId }: { eventId: string }) => eventId).sort()).toEqual([...eventIds].sort());
    expect(events.map(({ stream }: { stream: string }) => stream)).toContain(`exchange-${held.exchangeId}`);
    const lead = await world.person('lou', ['network-lead']);
    const ofLead = ok(await lead.get('risk/evidence?indicator=imbalance')).body;
    expect([ofLead.eventIds, ofLead]).toEqual([eventIds, expect.not.objectContaining({ events: expect.anything() })]);
  });

  it('is of one’s own network (R23)', async () => {
    const elsewhere = '11111111-1111-4111-8111-111111111111';
    ok(await (await world.person('lou', ['network-lead'], elsewhere)).post('', { label: 'Lille' }));
    const stranger = await world.person('aud', ['auditor'], elsewhere);
    expect((await stranger.post(path, { motive: 'Contrôle annuel' })).body).toMatchObject({ code: 'exchange-not-found' });
    const { steps } = await replay();
    const opened = await stranger.post(`events/${steps[0].eventId}/opening`, { motive: 'Contrôle annuel' });
    expect(opened.body).toMatchObject({ code: 'event-not-found' });
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
