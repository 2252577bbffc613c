import { browser } from '../harness/browser';
import { MINUTE, signInUnderTest } from './sign-in.fixture';

describe('an attempt to sign in with a browser', () => {
  const here = signInUnderTest();
  const { at, moved, signIn, statusOf, comingBack, sentTo } = here;

  it('lets two tabs sign in at once, each to its place', async () => {
    const ana = browser();
    const [one, other] = [await comingBack(ana, '/n/one'), await comingBack(ana, '/n/other')];
    expect(await sentTo(ana, other)).toBe('/n/other');
    expect(await sentTo(ana, one)).toBe('/n/one');
    expect(await statusOf(ana)).toBe(200);
    const { rows } = await here.world.installation.pool.query<{ all: number }>('select count(*)::integer as all from sign_in.session');
    await signIn('ana', ana);
    // the one before it is over
    expect((await here.world.installation.pool.query('select count(*)::integer as all from sign_in.session')).rows).toEqual(rows);
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
    here.provider.isAway = true;
    expect(await sentTo(ana, url)).toBe('/sign-in-failed?reason=provider-away');
    const fresh = await here.world.also({ LOG_LEVEL: 'silent' });
    expect(await sentTo(ana, `${fresh}/sign-in`)).toBe('/sign-in-failed?reason=provider-away');
    here.provider.isAway = false;
    expect(await sentTo(ana, `${fresh}/sign-in`)).toMatch(/^http:.*\/auth\?/);
    here.provider.refuses = true;
    expect((await browser().open(at('/sign-in'))).url).toBe(at('/sign-in-failed?reason=refused'));
    const without = await here.world.also({ LOG_LEVEL: 'silent', SAVOIRS_OIDC_ISSUER: '' });
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

  it('says in no line of the log who signed in, or by what', async () => {
    here.lines = '';
    const ana = browser();
    const url = new URL(await comingBack(ana));
    await ana.step(url.href);
    here.provider.refuses = true;
    await browser().open(at('/sign-in'));
    here.provider.refuses = false;
    const attempt = await comingBack(ana);
    const altered = new URL(attempt);
    altered.searchParams.set('code', 'C'.repeat(43));
    await ana.step(altered.href);
    expect(here.lines).toContain('"route":"/sign-in/callback"');
    expect(here.lines).toMatch(/"reason":"refused","code":"access_denied"/);
    expect(here.lines).toMatch(/"reason":"failed","code":"invalid_grant"/);
    const hidden = ['ana', 'not you', 'code=', 'state=', 'eyJ', 'C'.repeat(43), here.provider.settings.SAVOIRS_OIDC_CLIENT_SECRET];
    for (const one of [...hidden, url.searchParams.get('code')!, url.searchParams.get('state')!, ana.cookies().get('savoirs')!])
      expect(here.lines).not.toContain(one);
  });

  it('goes to the name that the provider knows where this machine is called otherwise', async () => {
    const named = here.world.url.replace('127.0.0.1', 'localhost');
    const answer = await fetch(`${named}/sign-in?returnTo=/n/lyon`, { redirect: 'manual' });
    expect(answer.headers.get('location')).toBe(at('/sign-in?returnTo=%2Fn%2Flyon'));
    const { url } = await browser().open(`${named}/sign-in?returnTo=/n/lyon`);
    expect(url).toBe(at('/n/lyon'));
  });
});
