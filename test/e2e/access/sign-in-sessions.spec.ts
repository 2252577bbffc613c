import { developmentIdentities } from '#apps/installation/development-identities';
import { browser, type Browser } from '../harness/browser';
import { HOUR, MINUTE, signInUnderTest } from './sign-in.fixture';

describe('a session of a browser', () => {
  const here = signInUnderTest();
  const { at, inNetwork, moved, signIn, session, statusOf, comingBack } = here;
  const draft = (one: Browser, headers: Record<string, string | null> = {}, path = '/members/me/pause'): Promise<Response> =>
    one.ask(inNetwork(path), { method: 'POST', body: '{}' }, { 'content-type': 'application/json', ...headers });

  it('takes nothing that another site sends', async () => {
    const ana = await signIn();
    const refused = [
      { 'sec-fetch-site': 'cross-site' },
      { 'sec-fetch-site': 'same-site' },
      { 'sec-fetch-site': 'none' },
      { 'sec-fetch-site': 'cross-site', origin: here.world.url },
      { 'sec-fetch-site': null },
      { 'sec-fetch-site': null, origin: 'null' },
      { 'sec-fetch-site': null, origin: 'https://evil.example.org' },
      { 'sec-fetch-site': null, origin: here.world.url.replace('127.0.0.1', 'localhost') },
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
    for (const headers of [{}, { 'sec-fetch-site': null, origin: here.world.url }])
      expect((await draft(ana, headers)).status).not.toBe(403);
  });

  it('asks a token for no origin: no browser brings it by itself', async () => {
    expect((await here.lou.post('charter', { text: { fr: 'Encore.' } }, { 'sec-fetch-site': 'cross-site' })).status).toBe(200);
  });

  it('goes by the token where both come, a bad one too', async () => {
    const ana = await signIn();
    const identities = await developmentIdentities(here.world.installation.settings);
    const authorization = `Bearer ${await identities.token('lou', { [here.world.networkId]: ['network-lead'] })}`;
    const asLou = await ana.ask(inNetwork('/mediators'), {}, { authorization });
    expect(asLou.status).toBe(200);
    expect((await ana.ask(inNetwork('/members/me'), {}, { authorization: 'Bearer bad.bad.bad' })).status).toBe(401);
    expect((await ana.ask(inNetwork('/members/me'), {}, { authorization: 'Basic YW5hOmFuYQ==' })).status).toBe(401);
    expect(await statusOf(ana)).toBe(200);
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
      expect(await here.world.installation.signInSessions.sweep()).toBeGreaterThan(0);
      expect((await here.world.installation.pool.query('select from sign_in.session')).rowCount).toBe(0);
    });
  });

  it('ends on both sides by signing out, and once is enough', async () => {
    const ana = await signIn();
    const cookie = ana.cookies().get('savoirs');
    const out = (await (await ana.ask(at('/sign-out'), { method: 'POST' })).json()) as { signOutAt: string };
    const address = new URL(out.signOutAt);
    expect([address.origin, Object.fromEntries(address.searchParams)]).toEqual([
      here.provider.issuer,
      { client_id: 'savoirs-site', post_logout_redirect_uri: `${here.world.url}/` },
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
    expect(done.headers.get('location')).toBe(`${here.world.url}/`);
    here.provider.asked = [];
    await signIn('ana', ana);
    expect(here.provider.asked).toContain('/who');
    expect((await browser().ask(at('/sign-out'), { method: 'POST' })).status).toBe(200);
  });

  it('says only that it ended here, where the provider does not answer', async () => {
    const url = await here.world.also({ LOG_LEVEL: 'silent' });
    here.provider.isAway = true;
    const answer = await browser().ask(`${url}/sign-out`, { method: 'POST' });
    expect([answer.status, await answer.json()]).toEqual([200, { signOutAt: null }]);
  });

  it('writes neither subject nor token nor cookie into its table, and opens a row by its own cookie alone', async () => {
    const [ana, bo] = [await signIn('ana'), await signIn('bo')];
    const { rows } = await here.world.installation.pool.query<Record<string, unknown>>('select *, s::text as whole from sign_in.session s');
    expect(rows.length).toBeGreaterThanOrEqual(2);
    const bytes = rows
      .flatMap((row) => Object.values(row))
      .map((value) => (Buffer.isBuffer(value) ? value.toString('latin1') : String(value)));
    const cookies = [ana, bo].map((one) => one.cookies().get('savoirs')!);
    for (const hidden of [...cookies, 'ana', '"bo"', 'refreshToken', here.world.networkId, 'member', 'eyJ'])
      expect(bytes.join('\n')).not.toContain(hidden);
    // another row's content is nothing to this cookie
    await here.world.installation.pool.query(
      'update sign_in.session set sealed = (select sealed from sign_in.session order by used_at desc limit 1)',
    );
    expect([await statusOf(ana), await statusOf(bo)]).toEqual([401, expect.any(Number)]);
    expect(await session(ana)).toMatchObject({ signedIn: false });
  });

  it('gives cookies that no script reads, and under https none but this host sets', async () => {
    const attributes = 'Path=/; HttpOnly; SameSite=Lax; Max-Age=';
    const [cookie] = (await browser().step(at('/sign-in'))).headers.getSetCookie();
    expect(cookie).toMatch(new RegExp(`^savoirs-sign-in-[0-9a-f]{16}=[\\w-]+; ${attributes}600$`));
    const url = await here.world.also({ LOG_LEVEL: 'silent', SAVOIRS_PUBLIC_URL: 'https://savoirs.example.org' });
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
