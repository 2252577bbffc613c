import { TOKEN_ROLES } from '#apps/installation/access';
import { openApiDocument } from '#apps/api/openapi/document';
import { cursorOf } from '#read-store/cursor';
import { startApi, type HttpAnswer, type Person } from '../harness/api-under-test';
import { entering } from '../harness/entering';

const EMAIL = 'zoe.durand@example.org';
const NAME = 'Zoé Durand';
const HEAD = '00000000000000000000';
interface Body {
  readonly content: { readonly 'application/json': { readonly schema: { readonly $ref: string } } };
}

const anyId = '00000000-0000-4000-8000-000000000001';

describe('what the API refuses, over HTTP', () => {
  let world: Awaited<ReturnType<typeof startApi>>;
  let [ana, lou]: Person[] = [];
  const logged: string[] = [];
  const said: string[] = [];
  let faulty: string;

  const problem = (answer: HttpAnswer): HttpAnswer['body'] => {
    said.push(JSON.stringify(answer.body), [...answer.headers].join(' '));
    expect(answer.headers.get('content-type')).toMatch(/^application\/problem\+json/);
    expect(answer.body).toMatchObject({ type: `urn:savoirs:problem:${answer.body.code}`, status: answer.status });
    expect(answer.headers.get('cache-control')).toBe('no-store');
    expect(lineOf(answer)).toMatchObject({ status: answer.status });
    return answer.body;
  };
  /** The answer leaves before its line is written; both are done once the next request is. */
  const lineOf = ({ body }: HttpAnswer): unknown =>
    logged
      .map((line) => JSON.parse(line) as { reqId?: string; msg: string })
      .find(({ reqId, msg }) => msg === 'request' && reqId === body.instance);
  const settled = async (answer: Promise<HttpAnswer>): Promise<HttpAnswer> => {
    const got = await answer;
    for (let tries = 0; tries < 100 && !lineOf(got); tries++) await new Promise((resolve) => setImmediate(resolve));
    return got;
  };

  beforeAll(async () => {
    world = await startApi(
      { LOG_LEVEL: 'trace', SAVOIRS_BODY_LIMIT: '20000', SAVOIRS_REQUESTS_PER_MINUTE: '100000' },
      { logTo: { write: (line) => void logged.push(line) }, waitMs: 100 },
    );
    ana = await world.person('ana');
    lou = await world.person('lou', ['network-lead']);
    await lou.post('', { label: 'Lyon' });
    await lou.post('charter', { text: { fr: 'Chacun offre et demande.' } });
  });
  afterAll(async () => await world?.close());

  const good = () => {
    const body = entering('Zoe', 'Construire un tableau', 'Parler devant un groupe');
    return { ...body, profile: { ...body.profile, name: NAME, email: EMAIL } };
  };
  const errors = async (body: unknown): Promise<{ field: string; message: string }[]> => {
    const answer = problem(await settled(ana!.post('members', body)));
    expect(answer).toMatchObject({ status: 400, code: 'malformed' });
    return answer.errors;
  };

  it.each([
    ['malformed JSON', `{"email": "${EMAIL}"`],
    ['a text after the JSON', `{} ${NAME}`],
    ['bytes that are no UTF-8', new Uint8Array([0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d])],
    ['a prototype', `{"__proto__": {"name": "${NAME}"}}`],
    ['brackets without end', `{"profile":${'['.repeat(9_000)}${']'.repeat(9_000)}}`],
    ['nothing at all', ''],
    ['null', 'null'],
    ['a list', `["${EMAIL}"]`],
    ['a bare text', `"${NAME}"`],
  ])('answers 400 to a body of %s', async (_, body) => {
    expect(problem(await settled(ana!.post('members', body)))).toMatchObject({ status: 400, code: 'malformed' });
  });

  it('names an unknown field, a wrong type and a nested field by JSON pointer', async () => {
    expect(await errors({ ...good(), nickname: NAME })).toEqual([{ field: '/nickname', message: expect.any(String) }]);
    expect((await errors({ ...good(), charterVersion: NAME })).map(({ field }) => field)).toContain('/charterVersion');
    expect((await errors({ ...good(), profile: { ...good().profile, email: NAME } })).map(({ field }) => field)).toEqual([
      '/profile/email',
    ]);
    const [offer] = good().offers;
    const wrong = await errors({ ...good(), offers: [{ ...offer, topic: { text: 7, extra: EMAIL } }] });
    expect(new Set(wrong.map(({ field }) => field))).toEqual(new Set(['/offers/0/topic/text', '/offers/0/topic/extra']));
    expect((await errors({ ...good(), offers: [NAME] })).every(({ field }) => field.startsWith('/offers'))).toBe(true);
  });

  it('says what is wrong with a field in the reader’s language', async () => {
    const wrong = { ...good(), profile: { ...good().profile, email: NAME } };
    const said = async (language: string) => problem(await settled(ana!.post('members', wrong, { 'accept-language': language }))).errors;
    expect(await said('fr')).toEqual([{ field: '/profile/email', message: 'doit être une adresse électronique' }]);
    expect(await said('en')).toEqual([{ field: '/profile/email', message: 'must be an email' }]);
    const page = await settled(ana!.get('directory?limit=0', { 'accept-language': 'fr' }));
    expect(problem(page).errors).toEqual([{ field: 'limit', message: 'doit valoir au moins 1' }]);
  });

  it('names no unknown field that is no name of a field', async () => {
    expect(await errors({ ...good(), [EMAIL]: 1, [NAME]: 2 })).toEqual([
      { field: '', message: expect.any(String) },
      { field: '', message: expect.any(String) },
    ]);
  });

  it('answers 415 to what is no JSON, 413 to what is too large', async () => {
    const form = { 'content-type': 'application/x-www-form-urlencoded' };
    for (const type of [form, { 'content-type': 'text/plain' }, { 'content-type': 'nonsense' }])
      expect(problem(await settled(ana!.post('members', `email=${EMAIL}`, type)))).toMatchObject({ status: 415, code: 'not-json' });
    expect(problem(await settled(ana!.post('members', { name: NAME.repeat(4000) })))).toMatchObject({ status: 413, code: 'too-large' });
  });

  it('answers 404 to an unknown route, network or id, 405 to another method, 400 to an address that cannot be read', async () => {
    expect(problem(await settled(ana!.get(`/nowhere/${EMAIL}`)))).toMatchObject({ status: 404, code: 'not-found' });
    expect(problem(await settled(ana!.get(`/networks/${EMAIL}`)))).toMatchObject({ status: 404, code: 'network-not-found' });
    expect(problem(await settled(ana!.get(`exchanges/${EMAIL}`)))).toMatchObject({ status: 404, code: 'not-found' });
    expect(problem(await settled(ana!.get(`exchanges/${anyId}`)))).toMatchObject({ status: 404, code: 'exchange-not-found' });
    const other = await settled(ana!.send('PATCH', 'members', {}));
    expect(problem(other)).toMatchObject({ status: 405, code: 'method-not-allowed' });
    expect(other.headers.get('allow')).toBe('POST');
    const unread = await settled(ana!.get(`/networks/%E0%A4%A/${EMAIL}`));
    expect(unread).toMatchObject({ status: 400, body: { code: 'malformed' } });
    expect(lineOf(unread)).toMatchObject({ status: 400, route: 'unknown' });
    said.push(JSON.stringify(unread.body));
  });

  it('names a query parameter that is wrong, a cursor and a position that nobody gave', async () => {
    const field = async (query: string) => problem(await settled(ana!.get(query))).errors[0].field;
    expect(await field('directory?limit=none')).toBe('limit');
    expect(await field(`directory?unknown=${EMAIL}`)).toBe('unknown');
    expect(await field('directory?cursor=bm9uc2Vuc2U')).toBe('cursor');
    expect(await field(`directory?cursor=${encodeURIComponent(NAME)}`)).toBe('cursor');
    expect(await field(`members/me?after=${EMAIL}`)).toBe('after');
    expect(await field(`members/me?after=${HEAD}&after=${HEAD}`)).toBe('after');
  });

  it.each([
    ['directory?text=a%00b', 'text'],
    ['directory?site=%00', 'site'],
    ['directory?topicUri=urn:a%00', 'topicUri'],
    ['directory?site=a%1Bb', 'site'],
    ['topics?text=a%00b', 'text'],
    [`directory?cursor=${cursorOf('a', 'b', 'c')}`, 'cursor'],
    [`directory?cursor=${cursorOf(1, 2, 3)}`, 'cursor'],
    [`directory?cursor=${cursorOf(0, 'a\u0000', 'b')}`, 'cursor'],
    [`match-queue?cursor=${cursorOf(1, 2)}`, 'cursor'],
    [`exchanges?cursor=${cursorOf('a', '\ud800')}`, 'cursor'],
    [`training-hours?from=2026-01-01&to=2026-12-31&cursor=${cursorOf(1, 2)}`, 'cursor'],
    [`members/dormant?cursor=${cursorOf(1)}`, 'cursor'],
    ['risk/evidence?indicator=nonsense', 'indicator'],
    ['operations/projections/%00', 'name'],
    ['operations/projections/%00/parked', 'name'],
    ['operations/projections/directory/comparison%00', null],
  ])('answers 400 to %s, naming what is wrong (case 31)', async (query, field) => {
    const everybody = await world.person('everybody', [...TOKEN_ROLES]);
    const answer = problem(await settled(everybody.get(query)));
    expect(answer).toMatchObject(field === null ? { status: 404 } : { status: 400, code: 'malformed', errors: [{ field }] });
  });

  it.each([
    ['satisfaction/evidence', { indicator: 'nonsense', motive: 'Audit' }, '/indicator'],
    ['satisfaction/evidence', { indicator: 'responseRate', motive: 'Audit\u0000' }, '/motive'],
    ['satisfaction/evidence', { indicator: 'responseRate', motive: 'Audit\ud800' }, '/motive'],
    [`exchanges/${anyId}/replay`, { motive: 'Audit\u0000' }, '/motive'],
  ])('answers 400 to POST %s %j (case 31)', async (path, body, field) => {
    const everybody = await world.person('everybody', [...TOKEN_ROLES]);
    const answer = problem(await settled(everybody.post(path, body)));
    expect([...new Set(answer.errors.map((error: { field: string }) => error.field))]).toEqual([field]);
  });

  it('answers no query, whatever its parameters, with a fault (case 31)', async () => {
    const everybody = await world.person('everybody', [...TOKEN_ROLES]);
    const strange = [
      '%00',
      'a%00b',
      '%1B',
      '-1',
      '9'.repeat(40),
      cursorOf(1),
      cursorOf('a', 'b'),
      cursorOf(0, 'a', 'b'),
      '%F0%9F%91%A9',
      "'",
    ];
    const faults: string[] = [];
    let sent = 0;
    for (const [path, item] of Object.entries(openApiDocument(world.api).paths))
      for (const { name, in: where } of (item.get?.parameters ?? []) as { name: string; in: string }[])
        for (const value of where === 'header' || path.includes('feeds') ? [] : strange) {
          const at = path.replace('{networkId}', world.networkId);
          const asked = where === 'path' ? at.replace(`{${name}}`, value) : `${at}?${name}=${value}`;
          const { status } = await everybody.get(asked.replace(/\{\w+\}/g, anyId));
          if (status >= 500 && status !== 504) faults.push(`${status} ${asked}`);
          sent += 1;
        }
    expect(faults).toEqual([]);
    expect(sent).toBeGreaterThan(400);
  });

  it.each(['offers', 'requests'])('answers 400 to POST %s without content, naming it (case 34)', async (path) => {
    const answer = problem(await settled(ana!.post(path, {})));
    expect(answer).toMatchObject({ status: 400, code: 'malformed', errors: [{ field: '/content' }] });
  });

  it('answers 503, not 500, while a store is away or its disk full', async () => {
    const { ports } = world.installation;
    const fails = (code: string) => {
      const fault = () => Promise.reject(Object.assign(new Error(`${NAME} <${EMAIL}>`), { code }));
      return { ...ports, identities: { ...ports.identities, find: fault, register: fault } };
    };
    for (const code of ['57P01', '08006', '53100', '53300', 'ECONNREFUSED', 'ECONNRESET']) {
      const at = await world.also({}, { logTo: { write: (line) => void logged.push(line) } }, { ports: fails(code) });
      const answer = await settled((await world.person('ana', ['member'], world.networkId, at)).get('members/me'));
      expect({ code, ...problem(answer) }).toMatchObject({ code: 'unavailable', status: 503 });
      expect(answer.headers.get('retry-after')).toBe('1');
    }
  });

  it('answers 504 where the read model does not reach a position in time', async () => {
    const answer = await settled(ana!.get('members/me?after=99999999999999999999'));
    expect(problem(answer)).toMatchObject({ status: 504, code: 'not-there-yet' });
    expect(answer.headers.get('retry-after')).toBe('1');
  });

  it('names code and rule where a rule refuses, and field of a header that is wrong', async () => {
    expect(problem(await settled(ana!.post('members', { ...good(), requests: [] })))).toMatchObject({
      status: 422,
      code: 'offer-and-request-needed',
      rule: 'R1',
      ruleUrl: '/docs/rules#r1',
    });
    const key = await settled(ana!.post('members', good(), { 'idempotency-key': 'two words' }));
    expect(problem(key).errors).toEqual([{ field: 'Idempotency-Key', message: expect.any(String) }]);
    expect(problem(await settled(ana!.post('members', good(), { 'if-match': EMAIL })))).toMatchObject({ status: 412 });
  });

  it('says nothing of a fault but its id, and logs its place without its message', async () => {
    const { ports } = world.installation;
    const log = { ...ports.log, readStream: () => { throw new TypeError(`${NAME} <${EMAIL}>\n    at ${NAME}`); } }; // prettier-ignore
    faulty = await world.also({}, { logTo: { write: (line) => void logged.push(line) } }, { ports: { ...ports, log: log as never } });
    const person = await world.person('ana', ['member'], world.networkId, faulty);
    const answer = problem(await settled(person.post(`members/${anyId}/pause`, { until: '2030-01-01T00:00:00Z' })));
    expect(answer).toEqual({
      type: 'urn:savoirs:problem:fault',
      title: expect.any(String),
      status: 500,
      code: 'fault',
      instance: expect.any(String),
    });
    const line = logged.map((one) => JSON.parse(one)).find(({ fault }) => fault === 'TypeError');
    expect(line).toMatchObject({ reqId: answer.instance, level: 50 });
    expect(line.at[0]).toContain('problems.spec.ts');
  });

  it('sends security headers with every answer, and tells nobody to keep it', async () => {
    for (const answer of [await ana!.get('/health/live'), await ana!.get('members/me'), await ana!.get('/nowhere')]) {
      expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
      expect(answer.headers.get('content-security-policy')).toContain("default-src 'self'");
      expect(answer.headers.get('x-frame-options')).toBe('SAMEORIGIN');
      expect(answer.headers.get('referrer-policy')).toBe('no-referrer');
      // of other hosts of the domain nobody here may speak (case 33)
      expect(answer.headers.get('strict-transport-security')).toBe('max-age=31536000');
      expect(answer.headers.get('x-powered-by')).toBeNull();
      expect(answer.headers.get('cache-control')).toMatch(/no-store|private/);
    }
  });

  it('counts requests by route and status alone: no id is in a metric', async () => {
    const { body } = await ana!.get('/metrics');
    expect(body).toContain('route="/networks/:networkId/exchanges/:exchangeId",status="404"');
    expect(body).toContain('route="unknown",status="405"');
    expect(await (await fetch(`${faulty}/metrics`)).text()).toContain('status="500"');
    expect(body).not.toMatch(/[0-9a-f]{8}-[0-9a-f]{4}-/);
    said.push(body);
  });

  it('logs one line a request: method, route, status, time, opaque ids', async () => {
    const { position } = (await lou!.send('PATCH', 'policy', { graceDays: 60 })).body;
    const before = logged.length;
    await settled(ana!.get(`members/me?after=${position}&cursor=${EMAIL}`));
    await ana!.get('/health/live');
    const lines = logged
      .slice(before)
      .map((line) => JSON.parse(line))
      .filter(({ route }) => route?.endsWith('/members/me'));
    expect(lines).toHaveLength(1);
    expect(lines[0]).toEqual({
      ...{ level: 30, time: expect.any(Number), pid: expect.any(Number), hostname: expect.any(String), msg: 'request' },
      ...{ reqId: expect.any(String), method: 'GET', route: '/networks/:networkId/members/me', status: 400, ms: expect.any(Number) },
      ids: { networkId: world.networkId },
    });
  });

  it('refuses a name and an address in every field of every body, and repeats neither', async () => {
    const everybody = await world.person('everybody', [...TOKEN_ROLES]);
    const { paths, components } = openApiDocument(world.api);
    const schemas = components!.schemas as Record<string, { properties: object }>;
    const secret = `${NAME} <${EMAIL}>`;
    let sent = 0;
    for (const [path, item] of Object.entries(paths))
      for (const [method, { requestBody }] of Object.entries(item as Record<string, { requestBody?: Body }>)) {
        const name = requestBody?.content['application/json'].schema.$ref.split('/').at(-1);
        if (!name) continue;
        const fields = Object.keys(schemas[name]!.properties);
        const at = path.replace('{networkId}', world.networkId).replace(/\{\w+\}/g, anyId);
        for (const value of [secret, { [secret]: secret }, [secret], [{ text: [secret] }]]) {
          const body = Object.fromEntries(fields.map((field) => [field, value]));
          const answer = await settled(everybody.send(method.toUpperCase(), at, body, { 'idempotency-key': EMAIL }));
          sent++;
          // a name is what it looks for
          if (path.endsWith('/members/search') && value === secret) {
            expect([answer.status, answer.body.members]).toEqual([200, []]);
            continue;
          }
          expect(answer.status).toBeGreaterThanOrEqual(400);
          expect(answer.status).toBeLessThan(500);
          problem(answer);
        }
      }
    expect(sent).toBeGreaterThan(150);
  });

  it('repeats no value that anybody sent, in no answer, log line or metric', () => {
    expect(said.length).toBeGreaterThan(30);
    expect(logged.length).toBeGreaterThan(30);
    for (const secret of [EMAIL, NAME, 'zoe', 'Zo\\u00e9', 'Durand', 'eyJ', 'authorization'])
      for (const [where, texts] of [
        ['answers', said],
        ['log', logged],
      ] as const)
        expect({ secret, where, found: texts.filter((text) => text.includes(secret)) }).toEqual({ secret, where, found: [] });
  });
});
