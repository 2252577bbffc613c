import { ANY_ID, EMAIL, NAME, refusingApi } from './problems.fixture';

describe('what the API says where it cannot answer, and logs', () => {
  const here = refusingApi();
  const { problem, settled } = here;
  let faulty: string;

  it('answers 503, not 500, while a store is away or its disk full', async () => {
    const { ports } = here.world.installation;
    const fails = (code: string) => {
      const fault = () => Promise.reject(Object.assign(new Error(`${NAME} <${EMAIL}>`), { code }));
      return { ...ports, identities: { ...ports.identities, find: fault, register: fault } };
    };
    for (const code of ['57P01', '08006', '53100', '53300', 'ECONNREFUSED', 'ECONNRESET']) {
      const at = await here.world.also({}, { logTo: { write: (line) => void here.logged.push(line) } }, { ports: fails(code) });
      const answer = await settled((await here.world.person('ana', ['member'], here.world.networkId, at)).get('members/me'));
      expect({ code, ...problem(answer) }).toMatchObject({ code: 'unavailable', status: 503 });
      expect(answer.headers.get('retry-after')).toBe('1');
    }
  });

  it('answers 504 where the read model does not reach a position in time', async () => {
    const answer = await settled(here.ana.get('members/me?after=99999999999999999999'));
    expect(problem(answer)).toMatchObject({ status: 504, code: 'not-there-yet' });
    expect(answer.headers.get('retry-after')).toBe('1');
  });

  it('says nothing of a fault but its id, and logs its place without its message', async () => {
    const { ports } = here.world.installation;
    const log = { ...ports.log, readStream: () => { throw new TypeError(`${NAME} <${EMAIL}>\n    at ${NAME}`); } }; // prettier-ignore
    faulty = await here.world.also(
      {},
      { logTo: { write: (line) => void here.logged.push(line) } },
      { ports: { ...ports, log: log as never } },
    );
    const person = await here.world.person('ana', ['member'], here.world.networkId, faulty);
    const answer = problem(await settled(person.post(`members/${ANY_ID}/pause`, { until: '2030-01-01T00:00:00Z' })));
    expect(answer).toEqual({
      type: 'urn:savoirs:problem:fault',
      title: expect.any(String),
      status: 500,
      code: 'fault',
      instance: expect.any(String),
    });
    const line = here.logged.map((one) => JSON.parse(one)).find(({ fault }) => fault === 'TypeError');
    expect(line).toMatchObject({ reqId: answer.instance, level: 50 });
    expect(line.at[0]).toContain('faults.spec.ts');
  });

  it('sends security headers with every answer, and tells nobody to keep it', async () => {
    for (const answer of [await here.ana.get('/health/live'), await here.ana.get('members/me'), await here.ana.get('/nowhere')]) {
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
    await here.ana.get(`exchanges/${ANY_ID}`);
    await here.ana.send('PATCH', 'members', {});
    const { body } = await here.ana.get('/metrics');
    expect(body).toContain('route="/networks/:networkId/exchanges/:exchangeId",status="404"');
    expect(body).toContain('route="unknown",status="405"');
    expect(await (await fetch(`${faulty}/metrics`)).text()).toContain('status="500"');
    expect(body).not.toMatch(/[0-9a-f]{8}-[0-9a-f]{4}-/);
    here.said.push(body);
  });

  it('logs one line a request: method, route, status, time, opaque ids', async () => {
    const { position } = (await here.lou.send('PATCH', 'policy', { graceDays: 60 })).body;
    const before = here.logged.length;
    await settled(here.ana.get(`members/me?after=${position}&cursor=${EMAIL}`));
    await here.ana.get('/health/live');
    const lines = here.logged
      .slice(before)
      .map((line) => JSON.parse(line))
      .filter(({ route }) => route?.endsWith('/members/me'));
    expect(lines).toHaveLength(1);
    expect(lines[0]).toEqual({
      ...{ level: 30, time: expect.any(Number), pid: expect.any(Number), hostname: expect.any(String), msg: 'request' },
      ...{ reqId: expect.any(String), method: 'GET', route: '/networks/:networkId/members/me', status: 400, ms: expect.any(Number) },
      ids: { networkId: here.world.networkId },
    });
  });

  it('repeats no value that anybody sent, in no answer, log line or metric', () => expect(here.repeated()).toEqual([]));
});
