import { randomUUID } from 'node:crypto';
import { startApi, type HttpAnswer, type Person } from '#test/e2e/api-under-test';

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
