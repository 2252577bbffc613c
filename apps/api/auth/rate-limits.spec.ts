import { randomUUID } from 'node:crypto';
import { testDatabase } from '#testing/test-database';
import { startApi } from '#test/e2e/harness/api-under-test';
import type { HttpAnswer, Person } from '#test/e2e/harness/person-at';
import { RateLimits } from './rate-limits';

const LIMIT = 3;

describe('whoever is turned away', () => {
  let world: Awaited<ReturnType<typeof startApi>>;
  let url: string;
  let lou: Person;

  beforeAll(async () => {
    world = await startApi();
    lou = await world.person('lou', ['network-lead']);
    expect((await lou.post('', { label: 'Lyon' })).status).toBe(200);
  }, 60_000);
  afterAll(async () => await world?.close());
  // Each test begins with nobody counted.
  beforeEach(async () => {
    url = await world.also({ SAVOIRS_REQUESTS_PER_MINUTE: String(LIMIT) });
  });

  const asked = async (
    authorization?: string,
    network: string = world.networkId,
  ): Promise<Pick<HttpAnswer, 'status' | 'headers' | 'body'>> => {
    const headers: Record<string, string> = authorization === undefined ? {} : { authorization };
    const response = await fetch(`${url}/networks/${network}/match-queue`, { headers });
    return { status: response.status, headers: response.headers, body: await response.json() };
  };

  it.each([
    ['without a token', undefined],
    ['with a bad token', 'Bearer bad.bad.bad'],
    ['with another scheme', 'Basic YW5hOmFuYQ=='],
  ])('%s is told 429 after the limit, and when to come again', async (_, authorization) => {
    for (let time = 0; time < LIMIT; time++) expect((await asked(authorization)).status).toBe(401);
    const { status, headers, body } = await asked(authorization);
    expect([status, body.code]).toEqual([429, 'too-many-requests']);
    expect(Number(headers.get('retry-after'))).toBeGreaterThan(0);
    expect(JSON.stringify(body)).not.toContain('127.0.0.1');
  });

  it('is counted over all the ways of it: one address has one budget', async () => {
    const outsider = await world.person('eve', ['member'], randomUUID(), url);
    expect((await asked()).status).toBe(401);
    expect((await outsider.get(`/networks/${world.networkId}/match-queue`)).status).toBe(403);
    expect((await asked(undefined, 'no-such-network')).status).toBe(404);
    expect((await asked()).status).toBe(429);
  });

  it('bars nobody else behind the same address: a good token still passes', async () => {
    for (let time = 0; time <= LIMIT; time++) await asked();
    expect((await asked()).status).toBe(429);
    const here = await world.person('lou', ['network-lead'], world.networkId, url);
    expect((await here.get('operations/projections')).status).toBe(429);
    expect((await here.get('directory')).status).not.toBe(429);
  });
});

describe('API processes that count requests together', () => {
  let world: Awaited<ReturnType<typeof startApi>>;
  let urls: readonly string[];

  beforeAll(async () => {
    world = await startApi();
    expect((await (await world.person('lou', ['network-lead'])).post('', { label: 'Lyon' })).status).toBe(200);
    const shared = { SAVOIRS_SHARED_RATE_LIMITS: '1', SAVOIRS_REQUESTS_PER_MINUTE: String(LIMIT) };
    urls = await Promise.all([world.also(shared), world.also(shared)]);
  }, 60_000);
  afterAll(async () => await world?.close());

  const at = async (url: string, subject: string) => (await world.person(subject, ['network-lead'], world.networkId, url)).get('mediators');

  it('give one budget to an identity, say what is left of it, and refuse alike once it is spent', async () => {
    const answers = [await at(urls[0]!, 'lou'), await at(urls[1]!, 'lou'), await at(urls[0]!, 'lou')];
    expect(answers.map(({ status, headers }) => [status, headers.get('x-ratelimit-limit'), headers.get('x-ratelimit-remaining')])).toEqual([
      [200, '3', '2'],
      [200, '3', '1'],
      [200, '3', '0'],
    ]);
    expect(Number(answers[0]!.headers.get('x-ratelimit-reset'))).toBeGreaterThan(0);
    for (const url of urls) {
      const { status, headers, body } = await at(url, 'lou');
      expect([status, body.code, Number(headers.get('retry-after')) > 0]).toEqual([429, 'too-many-requests', true]);
    }
    expect((await at(urls[1]!, 'lea')).status).toBe(200);
  });

  it('give one budget to an address that is turned away', async () => {
    const asked = async (url: string) => (await fetch(`${url}/networks/${world.networkId}/match-queue`)).status;
    expect([await asked(urls[0]!), await asked(urls[1]!), await asked(urls[0]!)]).toEqual([401, 401, 401]);
    expect([await asked(urls[0]!), await asked(urls[1]!)]).toEqual([429, 429]);
  });

  it('write down neither a subject nor an address', async () => {
    const { rows } = await world.installation.pool.query<{ key: string }>('select key from limits.requests');
    expect(rows.length).toBeGreaterThan(0);
    for (const { key } of rows) expect(key).toMatch(/^[\w-]{43}$/);
  });

  it('each count for themselves while the database is away', async () => {
    const database = await testDatabase();
    const limits = await RateLimits.shared(1, database.pool);
    expect((await limits.count('ana')).remainingPoints).toBe(0);
    await database.drop();
    expect((await limits.count('bo')).remainingPoints).toBe(0);
    await expect(limits.count('bo')).rejects.toThrow('Too many requests');
  });
});
