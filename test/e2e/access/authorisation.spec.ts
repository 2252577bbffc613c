import { openApiDocument } from '#apps/api/openapi/document';
import { ROLES, routesOf, type Route } from '../../docs/authorisation';
import { startApi } from '../harness/api-under-test';

const anyId = '00000000-0000-4000-8000-000000000001';
const filled = ({ path }: Route, networkId: string): string => path.replace('{networkId}', networkId).replace(/\{\w+\}/g, anyId);

describe('who may use which route (§7)', () => {
  let world: Awaited<ReturnType<typeof startApi>>;
  let routes: readonly Route[];

  beforeAll(async () => {
    world = await startApi({ SAVOIRS_REQUESTS_PER_MINUTE: '1000000' });
    const lead = await world.person('lou', ['network-lead']);
    await lead.post('', { label: 'Lyon' });
    routes = routesOf(openApiDocument(world.api));
  }, 60_000);
  afterAll(async () => await world?.close());

  it('was decided for every route', () => {
    expect(routes.length).toBeGreaterThan(70);
    expect(routes.filter(({ roles }) => roles.length === 0)).toEqual([]);
  });

  it('shows the document in the browser from local files alone', async () => {
    const page = await fetch(`${world.url}/docs`);
    expect(page.headers.get('content-security-policy')).toContain("default-src 'self'");
    const files = [...(await page.text()).matchAll(/(?:src|href)="([^"]+)"/g)].map(([, file]) => file!);
    expect(files.length).toBeGreaterThan(3);
    for (const file of files) {
      expect(file).toMatch(/^\.\//);
      expect({ file, status: (await fetch(new URL(file, `${world.url}/`))).status }).toEqual({ file, status: 200 });
    }
  });

  it('shows the rules to everybody, each at the anchor that problems name, as safely as the document', async () => {
    const page = await fetch(`${world.url}/docs/rules`);
    const html = await page.text();
    expect(page.headers.get('content-type')).toBe('text/html; charset=utf-8');
    const safety = ['content-security-policy', 'strict-transport-security', 'x-content-type-options', 'x-frame-options'];
    const document = await fetch(`${world.url}/docs`);
    expect(safety.map((name) => page.headers.get(name))).toEqual(safety.map((name) => document.headers.get(name)));
    expect(page.headers.get('content-security-policy')).not.toBeNull();
    expect(html).toMatch(/<a id="r12"><\/a><\/p>\s*<h3>R12: /);
    const anchors = new Set([...html.matchAll(/ id="([^"]+)"/g)].map(([, id]) => `#${id}`));
    const links = [...html.matchAll(/ href="([^"]+)"/g)].map(([, target]) => target!);
    expect(links.length).toBeGreaterThan(30);
    expect(links.filter((target) => !anchors.has(target))).toEqual([]);
  });

  it('turns everybody without a token away', async () => {
    for (const route of routes.filter(({ roles }) => !roles.includes('public'))) {
      const { status } = await fetch(`${world.url}${filled(route, world.networkId)}`, { method: route.method });
      expect({ route: `${route.method} ${route.path}`, status }).toEqual({ route: `${route.method} ${route.path}`, status: 401 });
    }
  });

  // Mediators come from the log: a token that claims the role has none.
  it.each(ROLES)('holds for the role %s on each route', async (role) => {
    const person = await world.person(`only-${role}`, [role]);
    for (const route of routes.filter(({ roles }) => !roles.includes('public'))) {
      const answer = await person.send(route.method, filled(route, world.networkId), route.method === 'GET' ? undefined : {});
      const refused = answer.status === 403 && ['forbidden', 'not-in-this-network'].includes(answer.body.code);
      const may = route.roles.includes('any token') || (role !== 'mediator' && route.roles.includes(role));
      expect({ route: `${route.method} ${route.path}`, refused }).toEqual({ route: `${route.method} ${route.path}`, refused: !may });
    }
  });

  it('keeps networks apart: a role in one says nothing in another (R23)', async () => {
    const stranger = await world.person('stranger', ['facilitator'], anyId);
    const answer = await stranger.get(`/networks/${world.networkId}/match-queue`);
    expect(answer.body).toMatchObject({ status: 403, code: 'not-in-this-network', rule: 'R23', ruleUrl: '/docs/rules#r23' });
  });

  it.each([
    ['another key', (token: string) => `${token.slice(0, -8)}AAAAAAAA`],
    ['no signature', (token: string) => `${token.split('.').slice(0, 2).join('.')}.`],
    ['the algorithm none', (token: string) => `${Buffer.from('{"alg":"none"}').toString('base64url')}.${token.split('.')[1]}.`],
  ])('turns a token with %s away', async (_, spoil) => {
    const { developmentIdentities } = await import('#apps/installation/development-identities');
    const token = await (await developmentIdentities(world.installation.settings)).token('eve', { [world.networkId]: ['facilitator'] });
    const { status } = await fetch(`${world.url}/networks/${world.networkId}/match-queue`, {
      headers: { authorization: `Bearer ${spoil(token)}` },
    });
    expect(status).toBe(401);
  });
});
