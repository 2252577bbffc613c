import { openApiDocument } from '#apps/api/openapi/document';
import { EventStoreDbLog } from '#event-store/eventstoredb/eventstoredb-log';
import { sinceHere } from '#event-store/eventstoredb/since-here.fixture';
import type { EventLog } from '#event-store/log.port';
import { EventStoreDbDouble } from '#test/eventstoredb-double/double';
import { startApi } from '../harness/api-under-test';
import type { HttpAnswer, Person } from '../harness/person-at';
import { departures } from '../harness/conforms';
import { content, entering } from '../harness/entering';

interface LogUnderTest {
  readonly env?: Record<string, string>;
  readonly log?: EventLog;
  readonly stop?: () => Promise<void>;
}

const onDouble = async (): Promise<LogUnderTest> => {
  const double = await EventStoreDbDouble.start();
  return { env: { EVENTSTORE_URL: double.url }, stop: () => double.stop() };
};

/** It has a life before the test and after it. */
const server = process.env['TEST_EVENTSTORE_URL'] ?? '';
const onServer = async (): Promise<LogUnderTest> => ({ log: await sinceHere(await EventStoreDbLog.open(server)) });

/** Where the log lies; the double's process is this one. */
const places: Readonly<Record<string, () => Promise<LogUnderTest>>> = {
  PostgreSQL: () => Promise.resolve({}),
  'EventStoreDB (its double)': onDouble,
  ...(server === '' ? {} : { 'EventStoreDB (a server)': onServer }),
};

describe.each(Object.entries(places))('the whole loop, over HTTP, with the log in %s', (_, startLog) => {
  let place: LogUnderTest = {};
  let world: Awaited<ReturnType<typeof startApi>>;
  let [ana, bo, moe, fay, lou]: Person[] = [];
  const ids: Record<string, string> = {};

  const ok = (answer: HttpAnswer): HttpAnswer => {
    expect({ status: answer.status, problem: answer.status < 300 ? undefined : answer.body }).toEqual({ status: 200, problem: undefined });
    return answer;
  };
  /** What processes do comes a moment later: asks until it is there. */
  const eventually = async <T>(ask: () => Promise<T | undefined | null | false>): Promise<T> => {
    for (let attempt = 0; attempt < 200; attempt++) {
      const found = await ask();
      if (found) return found;
      await new Promise((resolve) => setTimeout(resolve, 25));
    }
    throw new Error('it never came');
  };

  beforeAll(async () => {
    place = await startLog();
    world = await startApi(place.env, {}, place.log ? { log: place.log } : {});
    ana = await world.person('ana');
    bo = await world.person('bo');
    moe = await world.person('moe');
    fay = await world.person('fay', ['facilitator']);
    lou = await world.person('lou', ['network-lead']);
  }, 60_000);
  afterAll(async () => {
    await world?.close();
    await place.stop?.();
  });

  it('opens a network and publishes its charter (R23)', async () => {
    ok(await lou!.post('', { label: 'Lyon' }));
    ok(await lou!.post('charter', { text: { fr: 'Chacun offre et demande.' } }));
  });

  it('lets nobody in with only one side (R1)', async () => {
    const answer = await ana!.post('members', { ...entering('Ana', 'x', 'y'), requests: [] });
    expect(answer.status).toBe(422);
    expect(answer.body).toMatchObject({ code: 'offer-and-request-needed', rule: 'R1', details: { missing: 'request' } });
  });

  it('enrols members, and lists what they offer and seek (R1)', async () => {
    for (const [person, body] of [
      [ana!, entering('Ana', 'Construire un tableau croisé', 'Parler devant un groupe')],
      [bo!, entering('Bo', 'Préparer une réunion', 'Apprendre les tableaux croisés')],
      [moe!, entering('Moé', 'Animer un atelier', 'Lire un bilan')],
    ] as const) {
      const { position } = ok(await person.post('members', body)).body;
      const page = await person.get(`members/me?after=${position}`);
      ids[person.subject] = ok(page).body.member.memberId;
    }
    const offers = await eventually(async () => {
      const { entries } = ok(await ana!.get('directory?kind=offer&text=tableau croise')).body;
      return entries.length > 0 && entries;
    });
    expect(offers[0]).toMatchObject({ wording: 'Construire un tableau croisé', author: { name: 'Ana', site: 'LYON' } });
    ids['offer'] = offers[0].id;
  });

  it('lets a member ask for an offer, saying why where topics differ, and the giver accept (R6, R7, R10, R11, case 7)', async () => {
    const mine = await eventually(async () => {
      const { entries } = ok(await bo!.get('members/me')).body;
      return entries.find(({ kind, status }: { kind: string; status: string }) => kind === 'request' && status === 'published');
    });
    const ask = (more: object) => bo!.post(`offers/${ids['offer']}/ask`, { requestId: mine.id, ...more });
    expect(await ask({})).toMatchObject({ status: 422, body: { code: 'topics-differ', rule: 'R7' } });
    const asked = ok(await ask({ reason: 'Un tableau, pour préparer ma prise de parole' }));
    ids['match'] = asked.body.matchId;
    await eventually(async () => {
      const { items } = ok(await ana!.get('match-queue')).body;
      return items.find((item: { id: string; why: string }) => item.id === ids['match'] && item.why === 'answer-match');
    });
    ok(await ana!.post(`matches/${ids['match']}/acceptance`));
  });

  it('connects them with a mediator, who records the agreement (R8, R9, R24, cases 1 and 5)', async () => {
    ok(await lou!.send('PUT', `mediators/${ids['moe']}`));
    const start = new Date(Date.now() + 3_600_000).toISOString();
    ok(await moe!.post(`matches/${ids['match']}/connection`, { mediatorId: ids['moe'], start, place: 'Salle 12' }));
    const agreement = {
      content: 'Tableaux croisés',
      method: 'Sur ses fichiers',
      place: 'Salle 12',
      sessions: [{ start, minutes: 60 }],
      criteria: [{ text: 'Bo sait construire un tableau' }],
    };
    for (const start of ['9999-12-31T23:00:00Z', '2020-03-02T09:00:00Z']) {
      const outside = await moe!.post(`matches/${ids['match']}/agreement`, { ...agreement, sessions: [{ start, minutes: 60 }] });
      expect(outside.body).toMatchObject({ status: 422, code: 'date-out-of-range', rule: 'R24', details: { field: 'sessions.0.start' } });
    }
    ok(await moe!.post(`matches/${ids['match']}/agreement`, agreement));
    const exchange = await eventually(async () => ok(await ana!.get('exchanges')).body.exchanges[0]);
    ids['exchange'] = exchange.exchangeId;
  });

  it('is held once both sides confirm a reported session (R12, R24, case 2), and evaluated by both (R13)', async () => {
    const exchange = `exchanges/${ids['exchange']}`;
    expect((await ana!.post(`${exchange}/held-confirmation`)).body).toMatchObject({ code: 'no-session-yet', rule: 'R12' });
    const present = [
      { memberId: ids['ana'], role: 'giver', minutesOutside: 0 },
      { memberId: ids['bo'], role: 'learner', minutesOutside: 0 },
    ];
    const year26 = await ana!.post(`${exchange}/session-reports`, { start: '0026-11-29T10:00:00Z', minutes: 60, present });
    expect(year26.body).toMatchObject({ status: 422, code: 'date-out-of-range', details: { field: 'start' } });
    const far = await ana!.post(`${exchange}/sessions`, { start: '9999-12-31T23:00:00Z', minutes: 60 });
    expect(far.body).toMatchObject({ status: 422, code: 'date-out-of-range', details: { field: 'start' } });
    ok(await ana!.post(`${exchange}/session-reports`, { start: new Date().toISOString(), minutes: 60, present }));
    ok(await ana!.post(`${exchange}/held-confirmation`));
    ok(await bo!.post(`${exchange}/held-confirmation`));
    const { agreement } = ok(await bo!.get(exchange)).body.exchange;
    const criteria = agreement.criteria.map(({ criterionId }: { criterionId: string }) => ({ criterionId, score: 5 }));
    ok(await bo!.post(`${exchange}/evaluation`, { overall: 5, criteria, usable: 5, again: true, comment: 'Très clair' }));
    expect(ok(await ana!.get(exchange)).body.exchange.evaluations).toEqual([]);
    const last = ok(await ana!.post(`${exchange}/evaluation`, { overall: 4, criteria, again: true }));
    const closed = ok(await ana!.get(`${exchange}?after=${last.body.position}`)).body.exchange;
    expect(closed).toMatchObject({ status: 'closed', unsealed: true });
    expect(closed.evaluations.map(({ versions }: { versions: { comment: string }[] }) => versions[0]!.comment)).toContain('Très clair');
  });

  it('shows aggregates to the lead, hides what five people did not make, and hours to HR (R15, R20)', async () => {
    const after = await world.installation.log.head();
    const { figures } = ok(await lou!.get(`risk?after=${after}`)).body;
    expect(figures.find(({ indicator }: { indicator: string }) => indicator === 'imbalance')).toMatchObject({
      numerator: 0,
      denominator: 2,
      alert: true,
    });
    const satisfaction = ok(await lou!.get(`satisfaction?after=${after}`)).body.figures;
    expect(satisfaction.filter(({ hidden }: { hidden: boolean }) => !hidden)).toEqual([]);
    const aud = await world.person('aud', ['auditor']);
    const motive = 'Contrôle annuel';
    for (const indicator of ['evaluationGap', 'dormancy'])
      for (const path of ['risk/evidence', 'risk/explanation']) {
        expect((await lou!.get(`${path}?indicator=${indicator}`)).body).toMatchObject({
          status: 403,
          code: 'forbidden',
          detail: expect.stringContaining('POST'),
        });
        ok(await aud.post(path, { indicator, motive }));
      }
    const own = ok(await lou!.get('risk/explanation?indicator=imbalance')).body;
    const whole = ok(await aud.post('risk/explanation', { indicator: 'imbalance', motive })).body;
    const both = { rules: ['§5', 'R3'], figure: { numerator: 0, denominator: 2 }, eventIds: whole.eventIds };
    expect([own, whole]).toMatchObject([both, both]);
    type Operands = { operands: readonly { of: string; ids?: readonly string[] }[] };
    const counted = ({ operands }: Operands) => operands.map(({ of, ids: all }) => [of, all?.length]);
    expect(counted(own)).toEqual([
      ['members', undefined],
      ['members', undefined],
    ]);
    expect(counted(whole)).toEqual([
      ['members', 0],
      ['members', 2],
    ]);
    const hr = await world.person('hal', ['hr']);
    const lines = await eventually(async () => {
      const page = ok(await hr.get('training-hours?from=2020-01-01&to=2099-12-31')).body;
      return page.lines.length === 2 && page.lines;
    });
    expect(lines[0]).toMatchObject({ minutes: 60, label: 'formation de proximité' });
  });

  it('replays an exchange to the auditor, pseudonymised, and records the look-up', async () => {
    const auditor = await world.person('aud', ['auditor']);
    const { exchange } = ok(await auditor.post(`exchanges/${ids['exchange']}/replay`, { motive: 'Contrôle annuel' })).body;
    expect(exchange.timeline.map(({ type }: { type: string }) => type)).toEqual(
      expect.arrayContaining(['ExchangeAgreed', 'ExchangeHeld', 'ExchangeClosed']),
    );
    expect(JSON.stringify(exchange)).not.toContain('Sur ses fichiers');
  });

  it('answers a repeated command as the first time, and decides nothing (R22)', async () => {
    const until = new Date(Date.now() + 86_400_000).toISOString();
    const key = { 'idempotency-key': 'pause-1' };
    const first = ok(await bo!.post(`members/${ids['bo']}/pause`, { until }, key)).body;
    const { position } = ok(await bo!.post(`members/${ids['bo']}/resume`)).body;
    expect(ok(await bo!.post(`members/${ids['bo']}/pause`, { until }, key)).body).toEqual({ ...first, repeated: true });
    expect(ok(await bo!.get(`members/me?after=${position}`)).body.member.status).toBe('enrolled');
  });

  it('names the log in each position, and takes none of another log', async () => {
    const { position } = ok(await bo!.send('PUT', `members/${ids['bo']}/capacity`, { capacity: 3 })).body;
    expect(position).toMatch(/^\d{20}\.[0-9a-f]{8}$/);
    const { readPosition } = ok(await bo!.get(`members/me?after=${position}`)).body;
    expect(readPosition.position >= position).toBe(true);
    const elsewhere = await bo!.get(`members/me?after=${position.slice(0, 21)}00000000`);
    expect(elsewhere.body).toMatchObject({ status: 410, code: 'another-log' });
  });

  it('refuses a command given for a revision that is past', async () => {
    const answer = await ana!.send('PUT', `members/${ids['ana']}/capacity`, { capacity: 3 }, { 'if-match': '"0"' });
    expect(answer.body).toMatchObject({ status: 412, code: 'changed-meanwhile' });
    const etag = `"${answer.body.details.revision}"`;
    expect(
      ok(await ana!.send('PUT', `members/${ids['ana']}/capacity`, { capacity: 3 }, { 'if-match': etag })).headers.get('etag'),
    ).not.toBe(etag);
  });

  it('gives an exchange an ETag for If-Match, and answers 304 to who has it', async () => {
    const path = `exchanges/${ids['exchange']}`;
    const { headers, body } = ok(await ana!.get(path));
    const etag = headers.get('etag')!;
    let revision = -1;
    for await (const event of world.installation.log.readStream(`exchange-${ids['exchange']}` as never)) ({ revision } = event);
    expect(etag).toMatch(new RegExp(`^"${revision}\\.`));
    expect(await ana!.get(path, { 'if-none-match': etag })).toMatchObject({ status: 304, body: null });
    // no other person's answer, and no other moment's, is taken for one's own
    expect(headers.get('vary')).toContain('authorization');
    expect(body.exchange.status).toBe('closed');
    const dispute = { kind: 'content', text: 'Hors sujet' };
    const stale = await ana!.post(`${path}/disputes`, dispute, { 'if-match': `"${revision - 1}"` });
    expect(stale.body).toMatchObject({ status: 412, code: 'changed-meanwhile', details: { revision } });
    const done = await ana!.post(`${path}/disputes`, dispute, { 'if-match': etag });
    expect(done.body).toMatchObject({ revision: revision + 1 });
    const after = await ana!.get(`${path}?after=${done.body.position}`, { 'if-none-match': etag });
    expect(after.status).toBe(200);
    expect(after.headers.get('etag')).toMatch(new RegExp(`^"${revision + 1}\\.`));
  });

  it('answers every query and command as the OpenAPI document says', async () => {
    const document = openApiDocument(world.api);
    const [hr, aud, ops] = await Promise.all([
      world.person('hal', ['hr']),
      world.person('aud', ['auditor']),
      world.person('oz', ['operator']),
    ]);
    const exchange = `exchanges/${ids['exchange']}`;
    const year = new Date().getUTCFullYear();
    const asked: readonly (readonly [Person, 'get' | 'post', string, unknown?])[] = [
      ...[
        '',
        'members/me',
        'directory',
        'topics?text=tableau',
        'topics?text=R',
        'topics?text=de%20la',
        'directory?text=de%20la',
        'exchanges',
        exchange,
        'match-queue',
        `training-hours/mine?year=${year}`,
      ].map((path) => [bo!, 'get', path] as const),
      ...['match-queue'].map((path) => [fay!, 'get', path] as const),
      ...['risk', 'satisfaction', 'satisfaction?by=role', 'training-hours/months?from=2020-01-01&to=2099-12-31'].map(
        (path) => [lou!, 'get', path] as const,
      ),
      ...['risk/evidence?indicator=imbalance', 'risk/explanation?indicator=giftGini'].map((path) => [lou!, 'get', path] as const),
      [aud, 'post', 'risk/evidence', { indicator: 'imbalance', motive: 'Contrôle' }],
      [aud, 'post', 'risk/explanation', { indicator: 'giftGini', motive: 'Contrôle' }],
      [aud, 'post', 'satisfaction/evidence', { indicator: 'satisfaction', motive: 'Contrôle' }],
      [aud, 'post', 'satisfaction/explanation', { indicator: 'responseRate', motive: 'Contrôle' }],
      [aud, 'post', `${exchange}/replay`, { motive: 'Contrôle' }],
      [hr, 'get', 'training-hours?from=2020-01-01&to=2099-12-31'],
      [ops, 'get', 'operations/projections'],
      [fay!, 'post', 'rounds', { dryRun: true }],
      [fay!, 'post', 'rounds', {}],
      [bo!, 'post', 'requests/drafts', { content: entering('Bo', 'x', 'Lire un plan').requests[0] }],
      [bo!, 'get', '/health/ready'],
      [bo!, 'get', '/health/live'],
    ];
    for (const [person, method, path, body] of asked) {
      const answer = ok(await person.send(method.toUpperCase(), path, body));
      const full = path.startsWith('/') ? path : `/networks/${world.networkId}${path === '' ? '' : `/${path}`}`;
      expect({ path, departs: departures(document, { method, path: full, body: answer.body }) }).toEqual({ path, departs: [] });
    }
  });

  it('answers a round’s id, lists rounds and opens one with names, reasons and what became of what it found (R18, case 19)', async () => {
    const read = async (person: Person, path: string) => {
      const { body } = ok(await person.get(path));
      const asked = { method: 'get', path: `/networks/${world.networkId}/${path}`, body } as const;
      expect(departures(openApiDocument(world.api), asked)).toEqual([]);
      return body;
    };
    const dry = async () => ok(await fay!.post('rounds', { dryRun: true, seed: 9 })).body.dryRun;
    const [first, second] = [await dry(), await dry()];
    expect(second.round.inputHash).toBe(first.round.inputHash);
    const { roundId, position } = ok(await fay!.post('rounds', { seed: 9, asOf: first.round.asOf })).body;
    const opened = await read(fay!, `rounds/${roundId}?after=${position}`);
    expect(opened.round).toMatchObject({ roundId, status: 'completed', seed: 9, inputHash: first.round.inputHash, asOf: first.round.asOf });
    const shown = (from: typeof opened) =>
      from.unmatched
        .map(({ requestId, ...one }: { requestId: string }) => ({ requestId, ...one }))
        .sort((a: object, b: object) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
    expect(shown(opened)).toEqual(shown(first));
    expect(opened.unmatched.length).toBeGreaterThan(0);
    for (const left of opened.unmatched)
      expect(left).toMatchObject({ reason: expect.any(String), seen: 'named', name: expect.any(String), wording: expect.any(String) });
    expect((await read(fay!, 'rounds')).rounds[0]).toMatchObject({ roundId, unmatched: opened.unmatched.length });
    const steered = await read(lou!, `rounds/${roundId}`);
    expect(steered.unmatched[0]).toMatchObject({ reason: expect.any(String), seen: 'hidden', name: null, wording: null });
    expect((await fay!.get(`rounds/${world.networkId}`)).body).toMatchObject({ status: 404, code: 'round-not-found' });
  });

  it('explains a round: what gates cost, why each match, what would change what it left, and what is scarce; as JSON and as CSV (R18)', async () => {
    const read = async (person: Person, path: string) => {
      // what takes longer than a request is asked for again
      const { body } = ok(await eventually(async () => [await person.get(path)].find(({ status }) => status !== 503)));
      const asked = { method: 'get', path: `/networks/${world.networkId}/${path}`, body } as const;
      expect(departures(openApiDocument(world.api), asked)).toEqual([]);
      return body;
    };
    const { rounds } = await read(fay!, 'rounds');
    const address = `rounds/${rounds[0].roundId}`;
    const opened = await read(fay!, `${address}?limit=200`);
    const told = await read(fay!, `${address}/explanation?limit=200`);
    expect(told).toMatchObject({ basis: 'recorded', roundId: rounds[0].roundId, asOf: rounds[0].asOf, seed: rounds[0].seed, next: null });
    expect(told.gateCosts).toHaveLength(6);
    const reasons = ({ unmatched }: typeof opened) => unmatched.map(({ requestId, reason }: typeof opened) => [requestId, reason]).sort();
    expect(reasons(told)).toEqual(reasons(opened));
    const lacking = told.unmatched.find(({ remedy }: typeof told) => remedy.kind === 'more-givers');
    expect(lacking.remedy).toMatchObject({ givers: 1, served: expect.any(Number), level: expect.any(String) });
    const [first, second] = [await read(fay!, `${address}/explanation?limit=1`), await read(fay!, `${address}/explanation?limit=1`)];
    expect(second).toEqual(first);
    const next = await read(fay!, `${address}/explanation?limit=200&cursor=${first.next}`);
    expect([...first.unmatched, ...next.unmatched]).toEqual(told.unmatched);
    const file = await fay!.get(`${address}/explanation`, { accept: 'text/csv' });
    expect(file.headers.get('content-type')).toContain('text/csv');
    expect(file.body.trim().split('\n')).toHaveLength(1 + told.unmatched.length);

    const scarce = await read(fay!, `${address}/scarcity`);
    expect(scarce.rows.map(({ topic }: typeof scarce) => topic.label)).toContainEqual(expect.any(String));
    const worded = ({ rows }: typeof scarce) => rows.filter(({ topic }: typeof scarce) => topic.uri === null && topic.label !== null);
    expect(worded(scarce).length).toBeGreaterThan(0);
    // a wording is for who sees those that wait (§7)
    expect(worded(await read(lou!, `${address}/scarcity`))).toEqual([]);
    const today = await read(fay!, 'scarcity');
    expect(today).toMatchObject({ basis: 'present', roundId: null });
    expect(today.rows.length).toBeGreaterThan(0);
    const scarcity = await eventually(async () => {
      const answer = await fay!.get('scarcity?format=csv');
      return answer.status === 200 && answer;
    });
    const lines = scarcity.body.trim().split('\n');
    expect(lines[0]).toBe('topic_uri,topic,level,language,waiting,givers,more_givers,would_serve');
    expect(lines).toHaveLength(1 + today.rows.length);
    expect((await fay!.get(`rounds/${world.networkId}/explanation`)).body).toMatchObject({ status: 404, code: 'round-not-found' });
    expect((await bo!.get('scarcity')).status).toBe(403);
  });

  it('runs a dry round that writes nothing (R18)', async () => {
    const head = await world.installation.log.head();
    expect(ok(await fay!.post('rounds', { dryRun: true, seed: 7 })).body.dryRun.round.seed).toBe(7);
    expect(await world.installation.log.head()).toBe(head);
  });

  it('takes an ask for an offer of a moment ago, whatever its words (R7)', async () => {
    const bridge = { topic: { text: 'Jouer au bridge', uri: null }, place: 'remote' };
    for (let turn = 0; turn < 5; turn++) {
      const { offerId } = ok(await ana!.post('offers', { content: content(`Les annonces, ${turn}`, bridge) })).body;
      ok(await bo!.post(`offers/${offerId}/ask`, { content: content(`Annoncer, ${turn}`, bridge) }));
    }
  });
});
