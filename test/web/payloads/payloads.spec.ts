import { readFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
import { ok } from '#test/e2e/harness/asking';
import { DEMO_WITH_FOLLOW_UPS } from '../play';
import { startSite, type SiteUnderTest } from '../site-under-test';
import { marksIn, payloads } from './payloads';
import { AMENDED, PROFILED, storePayloads, type Stored } from './stored.fixture';
import { textFields } from './text-fields';
import { ELSEWHERE, NOT_ON_A_PAGE } from './unshown';
import { TELL, watch, type PageReport } from './watch';

const LEAST_STORED = 300;
/** All pages of all that was stored take two minutes: `PAYLOADS=all npx jest test/web/payloads`. */
const isWhole = process.env['PAYLOADS'] === 'all';
const SAMPLE = 2;
const sample = <T>(all: readonly T[]): readonly T[] => (isWhole ? all : all.slice(0, SAMPLE));
/** Cells of a file that a spreadsheet would compute. */
const computed = (csv: string): readonly string[] =>
  (parse(csv, { bom: true }) as string[][])
    .flat()
    .filter((cell) => /^[\s\p{Cf}]*[=+\-@\u2212\uff1d]/u.test(cell) && !/^-?\d+(\.\d+)?$/.test(cell));

describe('texts that would run, become markup, be computed or be filled in', () => {
  let site: SiteUnderTest;
  let stored: Stored;
  const made = payloads();
  const { seen, wrong, look, visitor, walk } = watch(() => site);

  beforeAll(async () => {
    site = await startSite(DEMO_WITH_FOLLOW_UPS);
    const { page } = await site.visit({ language: 'en' });
    await page.getByRole('link', { name: 'Come in' }).click();
    const mediator = await page.locator('button', { hasText: 'mediator' }).first().getAttribute('value');
    await page.context().close();
    stored = await storePayloads({ site, made }, mediator!);
  }, 300_000);
  afterAll(async () => await site?.close());

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
        ...[`/matches/${stored.matchIds[Math.floor(nth / 2)]}`, `/exchanges/${stored.exchangeIds[Math.floor(nth / 2)]}`],
      ]);
    const [amended, asked, answered, proposed] = [stored.exchangeIds[AMENDED], ...stored.proposedIds];
    await walk(await visitor(stored.subjects[2 * AMENDED + 1]!), [`/exchanges/${amended}/evaluation`]);
    await walk(await visitor(stored.subjects[0]!), [`/matches/${asked}`, '']);
    await walk(await visitor(stored.subjects[8]!), [`/matches/${answered}`]);
    await walk(await visitor(stored.subjects[10]!), [`/matches/${proposed}`]);
    await walk(await visitor(stored.subjects[PROFILED]!), ['/account']);
    await walk(await visitor(stored.entered), ['', '/join']);
    await walk(await visitor(stored.followUp.subject), [`/exchanges/${stored.followUp.exchangeId}/follow-up`]);
    await walk(await visitor(/médiation/), [
      '/mediation',
      ...sample(stored.matchIds).map((id) => `/mediation/${id}`),
      ...sample(stored.exchangeIds).map((id) => `/exchanges/${id}`),
    ]);
    await walk(await visitor(/^animation/), [
      ...['', '/rounds', '/rounds/scarcity', '/propose', '/drafts', '/cases', '/pairs', '/dormant', '/fair', '/import'].map(
        (path) => `/facilitation${path}`,
      ),
      ...[...sample(stored.incidentIds), ...sample(stored.contestedIds), ...Object.values(stored.settled)].map(
        (id) => `/facilitation/cases/${id}`,
      ),
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
    const fieldsIn = (those: typeof shown): ReadonlySet<string> => new Set(those.flatMap(({ field }) => field ?? []));
    const kindsIn = (those: typeof shown): ReadonlySet<number> => new Set(those.map(({ kind }) => kind));
    const every = all.map(([, one]) => one);
    expect(textFields().filter((field) => !(field in ELSEWHERE) && !fieldsIn(every).has(field))).toEqual([]);
    expect([...fieldsIn(every)].filter((field) => !(field in NOT_ON_A_PAGE) && !fieldsIn(shown).has(field))).toEqual([]);
    expect([...kindsIn(every)].filter((kind) => !kindsIn(shown).has(kind))).toEqual([]);
  }, 240_000);

  it('are no formulas in an export, and no lines of their own in a calendar (R20, case 43)', async () => {
    const hr = await site.person('demo-hr', ['hr']);
    const year = new Date().getUTCFullYear();
    const csv = ok(await hr.get(`training-hours?from=${year}-01-01&to=${year}-12-31&format=csv`)).body as string;
    expect(marksIn(csv).length).toBeGreaterThan(10);
    expect(computed(csv)).toEqual([]);
    const own = await (await site.person(stored.subjects[0]!)).get('members/me/export');
    expect(own.headers.get('content-type')).toContain('application/json');
    expect(marksIn(JSON.stringify(own.body)).length).toBeGreaterThan(5);
    const replay = await visitor(/^audit/);
    await replay.page.goto(`${site.url}${replay.home}/audit?exchange=${stored.exchangeIds[0]}`);
    await replay.page.getByLabel('Motif').fill('=1+1');
    await replay.page.getByRole('button', { name: 'Rejouer' }).click();
    const timeline = replay.page.waitForEvent('download');
    await replay.page.getByRole('button', { name: 'Chronologie (CSV)' }).click();
    expect(computed(readFileSync(await (await timeline).path(), 'utf8'))).toEqual([]);

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
