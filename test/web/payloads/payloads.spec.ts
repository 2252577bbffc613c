import { readFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
import type { Page } from 'playwright-core';
import { ok } from '#test/e2e/harness/asking';
import { marksIn, payloads } from './payloads';
import { storePayloads, type Stored } from './payloads.fixture';
import { startSite, type SiteUnderTest, type Visitor } from './site-under-test';

const MOST_STEPS = 30;
const LEAST_STORED = 300;
/** All pages of all that was stored take two minutes: `PAYLOADS=all npx jest test/web/payloads.spec.ts`. */
const isWhole = process.env['PAYLOADS'] === 'all';
const SAMPLE = 2;
const sample = <T>(all: readonly T[]): readonly T[] => (isWhole ? all : all.slice(0, SAMPLE));
/** HR’s alone, in its export; and what another text took the place of. */
const NOT_ON_A_PAGE = [
  'profile/employeeNumber',
  'second offers/wording',
  'second offers/topic/text',
  'second requests/wording',
  'second requests/topic/text',
];

/** What the browser would tell of a text that did more than stand there. */
const WATCH = `globalThis.__refused = [];
addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI }) => globalThis.__refused.push(violatedDirective + ' ' + blockedURI));`;

interface PageReport {
  readonly ran: unknown;
  readonly elements: number;
  readonly scripts: number;
  readonly refused: readonly string[];
  readonly text: string;
}

const TELL = `({
  ran: globalThis.__ran ?? null,
  elements: document.querySelectorAll('[data-payload]').length,
  scripts: document.querySelectorAll('a[href^="javascript:" i], a[href^="data:" i], script:not([src])').length,
  refused: globalThis.__refused,
  text: document.body.innerText + [...document.querySelectorAll('input, textarea, option')].map((one) => one.value).join(' '),
})`;

describe('texts that would run, become markup, be computed or be filled in', () => {
  let site: SiteUnderTest;
  let stored: Stored;
  const made = payloads();
  const seen = new Set<string>();
  const wrong: string[] = [];

  beforeAll(async () => {
    site = await startSite();
    const { page } = await site.visit({ language: 'en' });
    await page.getByRole('link', { name: 'Come in' }).click();
    const mediator = await page.locator('button', { hasText: 'mediator' }).first().getAttribute('value');
    await page.context().close();
    stored = await storePayloads(site, mediator!, made);
  }, 300_000);
  afterAll(async () => await site?.close());

  const look = async (page: Page): Promise<void> => {
    const told = await page.evaluate<PageReport>(TELL);
    for (const mark of marksIn(told.text)) seen.add(mark);
    const { ran, elements, scripts, refused } = told;
    if (ran !== null || elements > 0 || scripts > 0 || refused.length > 0)
      wrong.push(`${new URL(page.url()).pathname}: ${JSON.stringify({ ran, elements, scripts, refused })}`);
  };

  const visitor = async (role: RegExp | string): Promise<Visitor & { readonly home: string }> => {
    const one = await site.visit({ language: 'fr' });
    await one.context.addInitScript(WATCH);
    one.page.on('dialog', (dialog) => {
      wrong.push(`a dialog: ${dialog.message()}`);
      void dialog.dismiss();
    });
    if (typeof role === 'string') {
      await one.page.getByRole('link', { name: 'Entrer' }).click();
      await one.page.locator('#subject').fill(role);
      await one.page.getByRole('button', { name: /^Se connecter/ }).click();
      await one.page.waitForURL(/\/n\//);
    } else await one.signInAs(role);
    return { ...one, home: new URL(one.page.url()).pathname.split('/').slice(0, 3).join('/') };
  };

  const walk = async ({ page, home, complaints }: Awaited<ReturnType<typeof visitor>>, paths: readonly string[]): Promise<void> => {
    for (const path of paths) {
      await page.goto(`${site.url}${home}${path}`);
      await page.getByRole('heading', { level: 1 }).waitFor();
      await page.locator('.waiting').first().waitFor({ state: 'detached' });
      for (let step = 0; step < MOST_STEPS; step++) {
        const more = page.getByRole('button', { name: 'Voir la suite' }).first();
        if ((await more.count()) === 0) break;
        await more.click();
        await page.waitForTimeout(150);
      }
      await page.evaluate(`document.querySelectorAll('details').forEach((one) => (one.open = true))`);
      await look(page);
    }
    wrong.push(...complaints.filter((one) => /Content Security Policy|Refused/.test(one)));
  };

  it('are told where they run: the watch finds one that is put into a page', async () => {
    const { page } = await visitor('payload-0');
    await page.evaluate(
      `document.body.insertAdjacentHTML('beforeend', '<img data-payload src="//x.example/y" onerror="globalThis.__ran=1">')`,
    );
    await page.waitForFunction('globalThis.__refused.length > 0');
    const told = await page.evaluate<PageReport>(TELL);
    expect(told).toMatchObject({ elements: 1 });
    expect(told.refused.join()).toMatch(/img-src|script-src-attr/);
  });

  it('stand on every page as they were written, for everybody, and nothing is refused by the Content-Security-Policy', async () => {
    for (const nth of sample([0, 23, 1, 3, 9, 20]))
      await walk(await visitor(stored.subjects[nth]!), [
        ...['', '/hours', '/account', '/directory', '/publish/offer', '/incident', '/about'],
        ...(nth === 0 ? [`/matches/${stored.openMatchId}`] : []),
        ...[`/matches/${stored.matchIds[Math.floor(nth / 2)]}`, `/exchanges/${stored.exchangeIds[Math.floor(nth / 2)]}`],
      ]);
    await walk(await visitor(/médiation/), [
      '/mediation',
      ...sample(stored.matchIds).map((id) => `/mediation/${id}`),
      ...sample(stored.exchangeIds).map((id) => `/exchanges/${id}`),
    ]);
    await walk(await visitor(/^animation/), [
      ...['', '/rounds', '/propose', '/drafts', '/cases', '/pairs', '/dormant', '/fair', '/import'].map((path) => `/facilitation${path}`),
      ...[...sample(stored.incidentIds), ...sample(stored.contestedIds)].map((id) => `/facilitation/cases/${id}`),
      ...[`/matches/${stored.matchIds[0]}`, `/exchanges/${stored.exchangeIds[0]}`],
    ]);
    await walk(await visitor(/^responsable/), [
      '/directory',
      '/dashboards',
      '/operations/acts',
      '/network',
      '/network/charter',
      '/network/mediators',
    ]);
    await walk(await visitor(/^exploitation/), ['/operations', '/operations/acts']);
    await walk(await visitor(/^ressources/), ['/training-hours']);
    await walk(await visitor(/^audit/), ['/audit', '/dashboards']);
    await walk(await visitor(/^protection/), ['/data-protection']);
    const newcomer = await visitor(/nouvelle/i);
    await walk(newcomer, ['/join']);
    await newcomer.page.getByRole('button', { name: 'English' }).click();
    await newcomer.page.getByRole('button', { name: 'Français' }).waitFor();
    await look(newcomer.page);
    expect(wrong).toEqual([]);
    expect(made.made.size).toBeGreaterThanOrEqual(LEAST_STORED);
    const all = [...made.made];
    const shown = all.filter(([mark]) => seen.has(mark)).map(([, one]) => one);
    const fieldsIn = (those: typeof shown): ReadonlySet<string> => new Set(those.map(({ field }) => field));
    const kindsIn = (those: typeof shown): ReadonlySet<number> => new Set(those.map(({ kind }) => kind));
    const every = all.map(([, one]) => one);
    expect([...fieldsIn(every)].filter((field) => !NOT_ON_A_PAGE.includes(field) && !fieldsIn(shown).has(field))).toEqual([]);
    expect([...kindsIn(every)].filter((kind) => !kindsIn(shown).has(kind))).toEqual([]);
  }, 240_000);

  it('are no formulas in an export, and no lines of their own in a calendar (R20, case 43)', async () => {
    const hr = await site.person('demo-hr', ['hr']);
    const year = new Date().getUTCFullYear();
    const csv = ok(await hr.get(`training-hours?from=${year}-01-01&to=${year}-12-31&format=csv`)).body as string;
    const cells = (parse(csv) as string[][]).flat();
    expect(marksIn(csv).length).toBeGreaterThan(10);
    expect(cells.filter((cell) => /^[\s\p{Cf}]*[=+\-@\u2212\uff1d]/u.test(cell) && !/^-?\d+(\.\d+)?$/.test(cell))).toEqual([]);
    const own = await (await site.person(stored.subjects[0]!)).get('members/me/export');
    expect(own.headers.get('content-type')).toContain('application/json');
    expect(marksIn(JSON.stringify(own.body)).length).toBeGreaterThan(5);

    // the kind that would end an event and begin an alarm
    const nth = stored.subjects.indexOf('payload-28');
    const { page, home } = await visitor(stored.subjects[nth]!);
    await page.goto(`${site.url}${home}/exchanges/${stored.exchangeIds[Math.floor(nth / 2)]}`);
    const download = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Ajouter à mon agenda' }).click();
    const lines = readFileSync(await (await download).path(), 'utf8').split('\r\n');
    expect(lines.filter((line) => Buffer.byteLength(line) > 75 || /[\r\n]/.test(line))).toEqual([]);
    const unfolded = lines.join('\r\n').replaceAll('\r\n ', '').split('\r\n');
    expect(unfolded.filter((line) => line.startsWith('END:VEVENT')).length).toBe(
      unfolded.filter((line) => line.startsWith('BEGIN:VEVENT')).length,
    );
    expect(unfolded.some((line) => /^(SUMMARY|LOCATION):END:VEVENT\\;BEGIN:VALARM\\,ACTION:zq\d+qz\\\\/.test(line))).toBe(true);
  });
});
