import { randomUUID } from 'node:crypto';
import { openApiDocument } from '#apps/api/openapi/document';
import { browser } from '../harness/browser';
import { departures } from '../harness/conforms';
import { HOUR, MINUTE, signInUnderTest } from './sign-in.fixture';

describe('sign-in with a browser', () => {
  const here = signInUnderTest();
  const { at, inNetwork, moved, signIn, session, statusOf } = here;

  it('says who one is, until when and where, and lets one read, act and follow a feed by cookie', async () => {
    const ana = browser();
    const nobody = { signIn: 'available', signedIn: false, person: null, networks: [], toOpen: [], expiresAt: null, isOperator: false };
    expect(await session(ana)).toEqual(nobody);
    expect(await statusOf(ana)).toBe(401);
    await signIn('ana', ana);
    const body = await session(ana);
    expect(body).toEqual({
      ...nobody,
      signedIn: true,
      person: expect.stringMatching(/^[\w-]{43}$/),
      networks: [
        {
          ...{ networkId: here.world.networkId, label: 'Lyon', defaultLanguage: 'fr', timeZone: 'Europe/Paris' },
          ...{ roles: ['member'], membership: 'enrolled' },
        },
      ],
      expiresAt: expect.any(String),
    });
    expect(departures(openApiDocument(here.world.api), { method: 'get', path: '/session', body })).toEqual([]);
    expect(await session(await signIn('ana'))).toMatchObject({ person: body['person'] });
    expect(await session(await signIn('bo'))).not.toMatchObject({ person: body['person'] });
    const left = Date.parse(body['expiresAt'] as string) - Date.now();
    expect(Math.abs(left - 8 * HOUR)).toBeLessThan(MINUTE);
    expect(await statusOf(ana)).toBe(200);
    expect((await ana.ask(inNetwork('/directory?kind=offer'))).status).toBe(200);
    expect((await ana.ask(at('/networks'))).status).toBe(200);
    const given = await ana.ask(inNetwork('/offers'), { method: 'POST', body: '{}' }, { 'content-type': 'application/json' });
    expect(given.status).toBe(400);
    // the same person as with a token
    const own = (await (await ana.ask(inNetwork('/members/me'))).json()) as { member: { memberId: string } };
    expect(own.member.memberId).toBe(await here.world.installation.keys.find(here.world.networkId, 'ana'));
    here.provider.claims.set('max', { savoirs: { [here.world.networkId]: ['dashboard'] } });
    const feed = await (await signIn('max')).ask(inNetwork('/feeds/risk'), {}, { accept: 'text/event-stream' });
    expect([feed.status, feed.headers.get('content-type')]).toEqual([200, expect.stringContaining('text/event-stream')]);
    await feed.body?.cancel();
  });

  it('keeps answers out of caches, and apart by cookie', async () => {
    const ana = await signIn();
    for (const path of ['/session', '/sign-in', '/sign-in/callback?state=x'])
      expect((await ana.step(at(path))).headers.get('cache-control')).toBe('no-store');
    const own = await ana.ask(inNetwork('/members/me'));
    expect(own.headers.get('cache-control')).toMatch(/no-store|private/);
  });

  it('knows operators by their claim alone, and who has no role nowhere (R23)', async () => {
    here.provider.claims.set('sam', { savoirs_operator: true });
    here.provider.claims.set('sue', { savoirs: { [here.world.networkId]: ['operator'] }, savoirs_operator: 'true' });
    here.provider.claims.set('nil', {});
    const [sam, sue, nil] = [await signIn('sam'), await signIn('sue'), await signIn('nil')];
    expect(await session(sam)).toMatchObject({
      signedIn: true,
      isOperator: true,
      networks: [{ label: 'Lyon', roles: ['operator'], membership: null }],
    });
    expect((await sam.ask(inNetwork('/operations/projections'))).status).toBe(200);
    expect(await session(sue)).toMatchObject({ signedIn: true, isOperator: false, networks: [] });
    expect((await sue.ask(inNetwork('/operations/projections'))).status).toBe(403);
    expect(await session(nil)).toMatchObject({ signedIn: true, isOperator: false, networks: [] });
    expect(await statusOf(nil)).toBe(403);
  });

  it('tells a lead which networks wait to be opened by them, and nobody else (R23)', async () => {
    const unopened = randomUUID();
    here.provider.claims.set('lex', { savoirs: { [unopened]: ['network-lead', 'member'] } });
    here.provider.claims.set('mel', { savoirs: { [unopened]: ['member', 'facilitator'], [here.world.networkId]: ['network-lead'] } });
    expect(await session(await signIn('lex'))).toMatchObject({ networks: [], toOpen: [unopened] });
    expect(await session(await signIn('mel'))).toMatchObject({ networks: [{ label: 'Lyon' }], toOpen: [] });
  });

  it('reads roles in the access token where the ID token has none, if that token is one for this API', async () => {
    const roles = (role: string) => ({ savoirs: { [here.world.networkId]: [role] } });
    for (const subject of ['ida', 'kim']) here.provider.inAccessTokens.set(subject, { ...roles('facilitator'), savoirs_operator: true });
    here.provider.claims.set('ida', {});
    here.provider.inAccessTokens.set('odd', { ...roles('facilitator'), sub: 'ida' });
    here.provider.claims.set('kim', roles('auditor'));
    here.provider.claims.set('odd', {});
    const from = { SAVOIRS_JWKS_URL: `${here.provider.issuer}/jwks`, SAVOIRS_ISSUER: here.provider.issuer, LOG_LEVEL: 'silent' };
    const urls = [await here.world.also(from), await here.world.also({ ...from, SAVOIRS_AUDIENCE: 'another' })];
    here.provider.open(here.world.url, ...urls);
    const rolesAt = async (url: string, subject: string) => {
      here.provider.who = subject;
      const one = browser();
      await one.open(`${url}/sign-in`);
      const { networks, ...rest } = (await (await one.ask(`${url}/session`)).json()) as {
        networks: { roles: string[] }[];
        isOperator: boolean;
      };
      return [networks.flatMap((network) => network.roles), rest.isOperator];
    };
    expect(await rolesAt(urls[0]!, 'ida')).toEqual([['facilitator', 'operator'], true]);
    expect(await rolesAt(urls[0]!, 'kim')).toEqual([['auditor'], false]);
    expect(await rolesAt(urls[1]!, 'ida')).toEqual([[], false]);
    // a token of somebody else says nothing of them
    expect(await rolesAt(urls[0]!, 'odd')).toEqual([[], false]);
  });

  it('lets somebody in who has not entered any network yet, and writes nothing down of them', async () => {
    const zoe = await signIn('zoe');
    expect(await session(zoe)).toMatchObject({ networks: [{ networkId: here.world.networkId, roles: ['member'], membership: null }] });
    expect(await here.world.installation.keys.find(here.world.networkId, 'zoe')).toBeNull();
  });

  it('asks for roles anew after a quarter of an hour, once however many requests come, and ends with the provider', async () => {
    const bo = await signIn('bo');
    here.provider.claims.set('bo', { savoirs: { [here.world.networkId]: ['member', 'facilitator'] } });
    expect((await bo.ask(inNetwork('/forbidden-pairs'))).status).toBe(403);
    here.provider.asked = [];
    await moved(15 * MINUTE, async () => {
      const all = await Promise.all(Array.from({ length: 8 }, () => statusOf(bo)));
      expect(all.filter((status) => status === 401)).toEqual([]);
      expect(here.provider.asked.filter((path) => path === '/token')).toHaveLength(1);
      expect((await bo.ask(inNetwork('/forbidden-pairs'))).status).toBe(200);
    });
    here.provider.isAway = true;
    await moved(31 * MINUTE, async () => expect((await bo.ask(inNetwork('/forbidden-pairs'))).status).toBe(200));
    here.provider.isAway = false;
    here.provider.claims.set('bo', null);
    await moved(33 * MINUTE, async () => expect((await bo.ask(inNetwork('/forbidden-pairs'))).status).toBe(401));
    expect((await bo.ask(inNetwork('/forbidden-pairs'))).status).toBe(401);
    here.provider.claims.set('bo', { savoirs: { [here.world.networkId]: ['member'] } });
  });
});
