import { randomUUID } from 'node:crypto';
import { developmentIdentities } from '#apps/installation/development-identities';
import type { Instant } from '#kernel/id';
import { openApiDocument } from '#apps/api/openapi/document';
import { startApi, type Person } from '../harness/api-under-test';
import { eventually, ok } from '../harness/asking';
import { browser, type Browser } from '../harness/browser';
import { departures } from '../harness/conforms';
import { entering } from '../harness/entering';
import { identityProvider } from '../harness/identity-provider';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

describe('sign-in with a browser', () => {
  let provider: Awaited<ReturnType<typeof identityProvider>>;
  let world: Awaited<ReturnType<typeof startApi>>;
  let lou: Person;
  let lines = '';
  let later = 0;
  const moved = async (ms: number, then: () => Promise<unknown>): Promise<void> => {
    later = ms;
    try {
      await then();
    } finally {
      later = 0;
    }
  };

  beforeAll(async () => {
    provider = await identityProvider();
    world = await startApi(
      { ...provider.settings, LOG_LEVEL: 'trace' },
      { logTo: { write: (line) => void (lines += line) } },
      { clock: { now: () => new Date(Date.now() + later).toISOString() as Instant } },
    );
    provider.open(world.url);
    lou = await world.person('lou', ['network-lead']);
    ok(await lou.post('', { label: 'Lyon' }));
    ok(await lou.post('charter', { text: { fr: 'Chacun offre et demande.' } }));
    for (const subject of ['ana', 'bo', 'zoe']) provider.claims.set(subject, { savoirs: { [world.networkId]: ['member'] } });
    const ana = await world.person('ana');
    ok(await ana.post('members', entering('Ana', 'Offre', 'Demande')));
    await eventually(async () => (await ana.get('/networks')).body.networks[0].membership === 'enrolled');
  }, 60_000);
  afterAll(async () => {
    await world?.close();
    await provider?.close();
  });
  beforeEach(() => Object.assign(provider, { who: 'ana', refuses: false, isAway: false, asked: [] }));

  const at = (path: string): string => `${world.url}${path}`;
  const inNetwork = (path: string): string => at(`/networks/${world.networkId}${path}`);
  const signIn = async (subject = 'ana', one: Browser = browser()): Promise<Browser> => {
    provider.who = subject;
    const { url } = await one.open(at('/sign-in?returnTo=/n/lyon'));
    expect(url).toBe(at('/n/lyon'));
    return one;
  };
  const session = async (one: Browser) => (await one.ask(at('/session'))).json() as Promise<Record<string, unknown>>;
  const statusOf = async (one: Browser): Promise<number> => (await one.ask(inNetwork('/members/me'))).status;
  const draft = (one: Browser, headers: Record<string, string | null> = {}, path = '/members/me/pause'): Promise<Response> =>
    one.ask(inNetwork(path), { method: 'POST', body: '{}' }, { 'content-type': 'application/json', ...headers });
  /** To the provider's answer, which is not given yet. */
  const comingBack = async (one: Browser, returnTo = '/n/lyon'): Promise<string> => {
    let url = at(`/sign-in?returnTo=${returnTo}`);
    while (!url.startsWith(at('/sign-in/callback'))) url = new URL((await one.step(url)).headers.get('location')!, url).href;
    return url;
  };
  const sentTo = async (one: Browser, url: string): Promise<string | null> => (await one.step(url)).headers.get('location');

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
          ...{ networkId: world.networkId, label: 'Lyon', defaultLanguage: 'fr', timeZone: 'Europe/Paris' },
          ...{ roles: ['member'], membership: 'enrolled' },
        },
      ],
      expiresAt: expect.any(String),
    });
    expect(departures(openApiDocument(world.api), { method: 'get', path: '/session', body })).toEqual([]);
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
    expect(own.member.memberId).toBe(await world.installation.keys.find(world.networkId, 'ana'));
    provider.claims.set('max', { savoirs: { [world.networkId]: ['dashboard'] } });
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

  it('takes nothing that another site sends', async () => {
    const ana = await signIn();
    const refused = [
      { 'sec-fetch-site': 'cross-site' },
      { 'sec-fetch-site': 'same-site' },
      { 'sec-fetch-site': 'none' },
      { 'sec-fetch-site': 'cross-site', origin: world.url },
      { 'sec-fetch-site': null },
      { 'sec-fetch-site': null, origin: 'null' },
      { 'sec-fetch-site': null, origin: 'https://evil.example.org' },
      { 'sec-fetch-site': null, origin: world.url.replace('127.0.0.1', 'localhost') },
    ];
    for (const headers of refused) {
      const answer = await draft(ana, headers);
      expect([headers, answer.status, await answer.json()]).toEqual([
        headers,
        403,
        expect.objectContaining({ code: 'cross-site-request' }),
      ]);
    }
    const before = await session(ana);
    expect(before['signedIn']).toBe(true);
    expect((await ana.ask(at('/sign-out'), { method: 'POST' }, { 'sec-fetch-site': 'cross-site' })).status).toBe(403);
    expect(await session(ana)).toMatchObject({ signedIn: true });
    // another site may lead here: nothing changes by reading
    expect((await ana.ask(inNetwork('/members/me'), {}, { 'sec-fetch-site': 'cross-site' })).status).toBe(200);
    for (const headers of [{}, { 'sec-fetch-site': null, origin: world.url }]) expect((await draft(ana, headers)).status).not.toBe(403);
  });

  it('asks a token for no origin: no browser brings it by itself', async () => {
    expect((await lou.post('charter', { text: { fr: 'Encore.' } }, { 'sec-fetch-site': 'cross-site' })).status).toBe(200);
  });

  it('goes by the token where both come, a bad one too', async () => {
    const ana = await signIn();
    const identities = await developmentIdentities(world.installation.settings);
    const authorization = `Bearer ${await identities.token('lou', { [world.networkId]: ['network-lead'] })}`;
    const asLou = await ana.ask(inNetwork('/mediators'), {}, { authorization });
    expect(asLou.status).toBe(200);
    expect((await ana.ask(inNetwork('/members/me'), {}, { authorization: 'Bearer bad.bad.bad' })).status).toBe(401);
    expect((await ana.ask(inNetwork('/members/me'), {}, { authorization: 'Basic YW5hOmFuYQ==' })).status).toBe(401);
    expect(await statusOf(ana)).toBe(200);
  });

  it('lets two tabs sign in at once, each to its place', async () => {
    const ana = browser();
    const [one, other] = [await comingBack(ana, '/n/one'), await comingBack(ana, '/n/other')];
    expect(await sentTo(ana, other)).toBe('/n/other');
    expect(await sentTo(ana, one)).toBe('/n/one');
    expect(await statusOf(ana)).toBe(200);
    const { rows } = await world.installation.pool.query<{ all: number }>('select count(*)::integer as all from sign_in.session');
    await signIn('ana', ana);
    // the one before it is over
    expect((await world.installation.pool.query('select count(*)::integer as all from sign_in.session')).rows).toEqual(rows);
  });

  it('keeps no more attempts than fit into a request, however many tabs are left open', async () => {
    const ana = browser();
    for (let tab = 0; tab < 12; tab++) await ana.step(at(`/sign-in?returnTo=/${'x'.repeat(490)}`));
    expect([...ana.cookies().keys()].filter((name) => name.startsWith('savoirs-sign-in-'))).toHaveLength(4);
    await signIn('ana', ana);
  });

  it('signs nobody in by a state of its own, by another browser’s, or by an old one', async () => {
    const [ana, eve] = [browser(), browser()];
    const url = await comingBack(ana);
    const forged = new URL(url);
    forged.searchParams.set('state', 'A'.repeat(43));
    expect(await sentTo(ana, forged.href)).toBe('/sign-in-failed?reason=too-old');
    expect(await sentTo(eve, url)).toBe('/sign-in-failed?reason=too-old');
    expect(await sentTo(ana, at('/sign-in/callback'))).toBe('/sign-in-failed?reason=too-old');
    expect([await statusOf(ana), await statusOf(eve)]).toEqual([401, 401]);
    await moved(10 * MINUTE + 1000, async () => expect(await sentTo(ana, url)).toBe('/sign-in-failed?reason=too-old'));
    expect(await statusOf(ana)).toBe(401);
  });

  it('takes a code once, and one that was altered never', async () => {
    const ana = browser();
    const url = await comingBack(ana);
    const kept = [...ana.cookies()].filter(([name]) => name.startsWith('savoirs-sign-in-'));
    expect(kept).toHaveLength(1);
    expect(await sentTo(ana, url)).toBe('/n/lyon');
    expect(await sentTo(ana, url)).toBe('/sign-in-failed?reason=too-old');
    // even by who kept the attempt's cookie
    const replayed = await fetch(url, {
      redirect: 'manual',
      headers: { cookie: kept.map(([name, value]) => `${name}=${value}`).join('; ') },
    });
    expect(replayed.headers.get('location')).toBe('/sign-in-failed?reason=failed');
    const other = new URL(await comingBack(ana));
    other.searchParams.set('code', 'B'.repeat(43));
    expect(await sentTo(ana, other.href)).toBe('/sign-in-failed?reason=failed');
    const mixed = new URL(await comingBack(ana));
    mixed.searchParams.set('iss', 'https://evil.example.org');
    expect(await sentTo(ana, mixed.href)).toBe('/sign-in-failed?reason=failed');
  });

  it('says so where the provider does not answer, or lets nobody in', async () => {
    const ana = browser();
    const url = await comingBack(ana);
    provider.isAway = true;
    expect(await sentTo(ana, url)).toBe('/sign-in-failed?reason=provider-away');
    const fresh = await world.also({ LOG_LEVEL: 'silent' });
    expect(await sentTo(ana, `${fresh}/sign-in`)).toBe('/sign-in-failed?reason=provider-away');
    provider.isAway = false;
    expect(await sentTo(ana, `${fresh}/sign-in`)).toMatch(/^http:.*\/auth\?/);
    provider.refuses = true;
    expect((await browser().open(at('/sign-in'))).url).toBe(at('/sign-in-failed?reason=refused'));
    const without = await world.also({ LOG_LEVEL: 'silent', SAVOIRS_OIDC_ISSUER: '' });
    expect(await sentTo(ana, `${without}/sign-in`)).toBe('/sign-in-failed?reason=not-set-up');
    expect(await (await fetch(`${without}/session`)).json()).toMatchObject({ signIn: 'unavailable', signedIn: false });
  });

  it.each([
    ['another host', '//evil.example.org'],
    ['another address', 'https://evil.example.org'],
    ['another host, with a slash that leans the other way', '/\\evil.example.org'],
    ['and with two', '\\\\evil.example.org'],
    ['another host behind what browsers drop', '/\t/evil.example.org'],
    ['no path', 'n/lyon'],
    ['nothing', ''],
    ['what is too long for a cookie', `/${'x'.repeat(500)}`],
  ])('leads nobody elsewhere: %s', async (_, returnTo) => {
    const answer = await browser().step(at(`/sign-in?${new URLSearchParams({ returnTo }).toString()}`));
    expect([answer.status, await answer.json()]).toEqual([400, expect.objectContaining({ code: 'malformed' })]);
  });

  it('ends when it was not used for eight hours, and after twelve however much it was used', async () => {
    const ana = await signIn();
    await moved(8 * HOUR - MINUTE, async () => expect(await statusOf(ana)).toBe(200));
    await moved(12 * HOUR - MINUTE, async () => expect(await statusOf(ana)).toBe(200));
    await moved(12 * HOUR, async () => {
      expect(await statusOf(ana)).toBe(401);
      expect(await session(ana)).toMatchObject({ signedIn: false, expiresAt: null });
    });
    const idle = await signIn();
    // neither an open feed nor a look at the session is use
    await moved(7 * HOUR, async () => {
      await session(idle);
      await (await idle.ask(inNetwork('/members/me'), {}, { accept: 'text/event-stream' })).body?.cancel();
    });
    await moved(8 * HOUR, async () => expect(await statusOf(idle)).toBe(401));
    await moved(24 * HOUR, async () => {
      expect(await world.installation.signInSessions.sweep()).toBeGreaterThan(0);
      expect((await world.installation.pool.query('select from sign_in.session')).rowCount).toBe(0);
    });
  });

  it('ends on both sides by signing out, and once is enough', async () => {
    const ana = await signIn();
    const cookie = ana.cookies().get('savoirs');
    const out = (await (await ana.ask(at('/sign-out'), { method: 'POST' })).json()) as { signOutAt: string };
    const address = new URL(out.signOutAt);
    expect([address.origin, Object.fromEntries(address.searchParams)]).toEqual([
      provider.issuer,
      { client_id: 'savoirs-site', post_logout_redirect_uri: `${world.url}/` },
    ]);
    expect(ana.cookies().has('savoirs')).toBe(false);
    const replayed = await fetch(inNetwork('/members/me'), { headers: { cookie: `savoirs=${cookie}` } });
    expect(replayed.status).toBe(401);
    // the provider asks, and sends back
    const form = await (await ana.step(address.href)).text();
    const [, action] = /action="([^"]+)"/.exec(form)!;
    const [, xsrf] = /name="xsrf" value="([^"]+)"/.exec(form)!;
    const done = await ana.step(action!, {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams({ xsrf: xsrf!, logout: 'yes' }).toString(),
    });
    expect(done.headers.get('location')).toBe(`${world.url}/`);
    provider.asked = [];
    await signIn('ana', ana);
    expect(provider.asked).toContain('/who');
    expect((await browser().ask(at('/sign-out'), { method: 'POST' })).status).toBe(200);
  });

  it('says only that it ended here, where the provider does not answer', async () => {
    const url = await world.also({ LOG_LEVEL: 'silent' });
    provider.isAway = true;
    const answer = await browser().ask(`${url}/sign-out`, { method: 'POST' });
    expect([answer.status, await answer.json()]).toEqual([200, { signOutAt: null }]);
  });

  it('knows operators by their claim alone, and who has no role nowhere (R23)', async () => {
    provider.claims.set('sam', { savoirs_operator: true });
    provider.claims.set('sue', { savoirs: { [world.networkId]: ['operator'] }, savoirs_operator: 'true' });
    provider.claims.set('nil', {});
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
    provider.claims.set('lex', { savoirs: { [unopened]: ['network-lead', 'member'] } });
    provider.claims.set('mel', { savoirs: { [unopened]: ['member', 'facilitator'], [world.networkId]: ['network-lead'] } });
    expect(await session(await signIn('lex'))).toMatchObject({ networks: [], toOpen: [unopened] });
    expect(await session(await signIn('mel'))).toMatchObject({ networks: [{ label: 'Lyon' }], toOpen: [] });
  });

  it('reads roles in the access token where the ID token has none, if that token is one for this API', async () => {
    const roles = (role: string) => ({ savoirs: { [world.networkId]: [role] } });
    for (const subject of ['ida', 'kim']) provider.inAccessTokens.set(subject, { ...roles('facilitator'), savoirs_operator: true });
    provider.claims.set('ida', {});
    provider.inAccessTokens.set('odd', { ...roles('facilitator'), sub: 'ida' });
    provider.claims.set('kim', roles('auditor'));
    provider.claims.set('odd', {});
    const from = { SAVOIRS_JWKS_URL: `${provider.issuer}/jwks`, SAVOIRS_ISSUER: provider.issuer, LOG_LEVEL: 'silent' };
    const urls = [await world.also(from), await world.also({ ...from, SAVOIRS_AUDIENCE: 'another' })];
    provider.open(world.url, ...urls);
    const rolesAt = async (url: string, subject: string) => {
      provider.who = subject;
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
    expect(await session(zoe)).toMatchObject({ networks: [{ networkId: world.networkId, roles: ['member'], membership: null }] });
    expect(await world.installation.keys.find(world.networkId, 'zoe')).toBeNull();
  });

  it('asks for roles anew after a quarter of an hour, once however many requests come, and ends with the provider', async () => {
    const bo = await signIn('bo');
    provider.claims.set('bo', { savoirs: { [world.networkId]: ['member', 'facilitator'] } });
    expect((await bo.ask(inNetwork('/forbidden-pairs'))).status).toBe(403);
    provider.asked = [];
    await moved(15 * MINUTE, async () => {
      const all = await Promise.all(Array.from({ length: 8 }, () => statusOf(bo)));
      expect(all.filter((status) => status === 401)).toEqual([]);
      expect(provider.asked.filter((path) => path === '/token')).toHaveLength(1);
      expect((await bo.ask(inNetwork('/forbidden-pairs'))).status).toBe(200);
    });
    provider.isAway = true;
    await moved(31 * MINUTE, async () => expect((await bo.ask(inNetwork('/forbidden-pairs'))).status).toBe(200));
    provider.isAway = false;
    provider.claims.set('bo', null);
    await moved(33 * MINUTE, async () => expect((await bo.ask(inNetwork('/forbidden-pairs'))).status).toBe(401));
    expect((await bo.ask(inNetwork('/forbidden-pairs'))).status).toBe(401);
    provider.claims.set('bo', { savoirs: { [world.networkId]: ['member'] } });
  });

  it('writes neither subject nor token nor cookie into its table, and opens a row by its own cookie alone', async () => {
    const [ana, bo] = [await signIn('ana'), await signIn('bo')];
    const { rows } = await world.installation.pool.query<Record<string, unknown>>('select *, s::text as whole from sign_in.session s');
    expect(rows.length).toBeGreaterThanOrEqual(2);
    const bytes = rows
      .flatMap((row) => Object.values(row))
      .map((value) => (Buffer.isBuffer(value) ? value.toString('latin1') : String(value)));
    const cookies = [ana, bo].map((one) => one.cookies().get('savoirs')!);
    for (const hidden of [...cookies, 'ana', '"bo"', 'refreshToken', world.networkId, 'member', 'eyJ'])
      expect(bytes.join('\n')).not.toContain(hidden);
    // another row's content is nothing to this cookie
    await world.installation.pool.query(
      'update sign_in.session set sealed = (select sealed from sign_in.session order by used_at desc limit 1)',
    );
    expect([await statusOf(ana), await statusOf(bo)]).toEqual([401, expect.any(Number)]);
    expect(await session(ana)).toMatchObject({ signedIn: false });
  });

  it('says in no line of the log who signed in, or by what', async () => {
    lines = '';
    const ana = browser();
    const url = new URL(await comingBack(ana));
    await ana.step(url.href);
    provider.refuses = true;
    await browser().open(at('/sign-in'));
    provider.refuses = false;
    const attempt = await comingBack(ana);
    const altered = new URL(attempt);
    altered.searchParams.set('code', 'C'.repeat(43));
    await ana.step(altered.href);
    expect(lines).toContain('"route":"/sign-in/callback"');
    expect(lines).toMatch(/"reason":"refused","code":"access_denied"/);
    expect(lines).toMatch(/"reason":"failed","code":"invalid_grant"/);
    const hidden = ['ana', 'not you', 'code=', 'state=', 'eyJ', 'C'.repeat(43), provider.settings.SAVOIRS_OIDC_CLIENT_SECRET];
    for (const one of [...hidden, url.searchParams.get('code')!, url.searchParams.get('state')!, ana.cookies().get('savoirs')!])
      expect(lines).not.toContain(one);
  });

  it('goes to the name that the provider knows where this machine is called otherwise', async () => {
    const named = world.url.replace('127.0.0.1', 'localhost');
    const answer = await fetch(`${named}/sign-in?returnTo=/n/lyon`, { redirect: 'manual' });
    expect(answer.headers.get('location')).toBe(at('/sign-in?returnTo=%2Fn%2Flyon'));
    const { url } = await browser().open(`${named}/sign-in?returnTo=/n/lyon`);
    expect(url).toBe(at('/n/lyon'));
  });

  it('gives cookies that no script reads, and under https none but this host sets', async () => {
    const attributes = 'Path=/; HttpOnly; SameSite=Lax; Max-Age=';
    const [cookie] = (await browser().step(at('/sign-in'))).headers.getSetCookie();
    expect(cookie).toMatch(new RegExp(`^savoirs-sign-in-[0-9a-f]{16}=[\\w-]+; ${attributes}600$`));
    const url = await world.also({ LOG_LEVEL: 'silent', SAVOIRS_PUBLIC_URL: 'https://savoirs.example.org' });
    const [safe] = (await fetch(`${url}/sign-in`, { redirect: 'manual' })).headers.getSetCookie();
    expect(safe).toMatch(new RegExp(`^__Host-savoirs-sign-in-[0-9a-f]{16}=[\\w-]+; ${attributes}600; Secure$`));
    const ana = browser();
    await ana.step(await comingBack(ana));
    expect(ana.cookies().get('savoirs')).toMatch(/^[\w-]{43}$/);
    const out = await fetch(`${url}/sign-out`, { method: 'POST', headers: { origin: 'https://savoirs.example.org' } });
    expect(out.headers.getSetCookie()).toEqual([`__Host-savoirs=; ${attributes}0; Secure`]);
    // the name without the prefix is nobody's there
    const plain = await fetch(`${url}/session`, { headers: { cookie: `savoirs=${ana.cookies().get('savoirs')}` } });
    expect(await plain.json()).toMatchObject({ signedIn: false });
  });
});
