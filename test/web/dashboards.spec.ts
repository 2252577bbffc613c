import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { violationsOf } from './accessibility';
import { faultsOf } from './every-page';
import { startSite, type SiteUnderTest } from './site-under-test';

const PICTURES = join(__dirname, 'pictures');
const LEAD = /^(responsable du réseau|network lead)/;

/** What a member's own page would send. */
const REPORT = async (address: string): Promise<void> =>
  void (await fetch(address, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'idempotency-key': crypto.randomUUID() },
    body: JSON.stringify({ kind: 'confidentiality', text: 'Un nom a été dit' }),
  }));

/** A trend that takes longer than a request is asked for again; the browser notes each answer. */
const STILL_COMPUTING = /status of 503/;

const settled = async (page: Page): Promise<void> => {
  await page.getByRole('heading', { level: 1 }).waitFor();
  // a live feed stays open: the network is never idle
  await page.locator('.waiting').first().waitFor({ state: 'detached' });
};

describe('the dashboards of who leads a network', () => {
  let site: SiteUnderTest;
  beforeAll(async () => void (site = await startSite(['--members', '30', '--months', '3'])), 300_000);
  afterAll(async () => await site?.close());

  const asLead = async (look: Parameters<SiteUnderTest['visit']>[0] = {}) => {
    const visitor = await site.visit(look);
    await visitor.signInAs(LEAD);
    const network = new URL(visitor.page.url()).pathname.split('/').slice(0, 3).join('/');
    await visitor.page.goto(`${site.url}${network}/dashboards`);
    await settled(visitor.page);
    return visitor;
  };

  it('shows a risk’s trend, its figures as of a month when they were others, and the events behind it (§5, §6)', async () => {
    const { page, complaints } = await asLead();
    await page.getByText('En direct', { exact: true }).waitFor();
    await page.getByRole('link', { name: 'Personnes qui offrent, au complet' }).click();
    const trend = page.getByRole('region', { name: 'Tendance sur 24 mois', exact: true });
    await trend.locator('svg').waitFor();
    const months = trend.getByRole('row');
    expect(await months.count()).toBeGreaterThan(3);
    const [file] = await Promise.all([page.waitForEvent('download'), trend.getByRole('button', { name: /^CSV/ }).click()]);
    expect(readFileSync(await file.path(), 'utf8').split('\n')[0]).toBe('\uFEFFMois,Chiffre,Seuil');
    const [picture] = await Promise.all([page.waitForEvent('download'), trend.getByRole('button', { name: /^Image PNG/ }).click()]);
    expect(
      readFileSync(await picture.path())
        .subarray(1, 4)
        .toString(),
    ).toBe('PNG');
    await page.getByRole('button', { name: 'Ouvrir les événements' }).click();
    await page.getByRole('table').last().locator('code').first().waitFor();
    await page.getByRole('heading', { name: 'Comment ce chiffre se calcule' }).waitFor();
    expect(await page.getByText(/^Identifiants comptés/).count()).toBe(0);
    const figures = await Promise.all((await months.all()).slice(1).map((month) => month.getByRole('cell').first().textContent()));
    const monthsBack = figures.toReversed().findIndex((figure) => figure !== figures.at(-1));
    expect(monthsBack).toBeGreaterThan(0);
    for (let back = 1; back <= monthsBack; back += 1) await page.getByRole('slider').press('ArrowLeft');
    await page.waitForURL(/asOf=\d{4}-\d\d-\d\d/);
    await page.getByText(/^Au \d/).waitFor();
    await page
      .locator('.figure-value')
      .filter({ hasText: new RegExp(`^${figures.at(-1 - monthsBack)!.replace(/\s\(.*/, '')}$`) })
      .waitFor();
    expect(await page.getByText('En direct', { exact: true }).count()).toBe(0);
    expect(complaints.filter((complaint) => !STILL_COMPUTING.test(complaint))).toEqual([]);
  });

  it('moves a figure by itself when something happens', async () => {
    const { page } = await asLead();
    await page.getByText('En direct', { exact: true }).waitFor();
    const confidentiality = page.getByRole('listitem').filter({ has: page.getByRole('heading', { name: 'Confidentialité' }) });
    expect(await confidentiality.getByText('alerte', { exact: true }).count()).toBe(0);
    const member = await site.visit();
    await member.signInAs(/membre/);
    const networkId = new URL(member.page.url()).pathname.split('/')[2]!;
    await member.page.evaluate(REPORT, `/networks/${networkId}/incidents`);
    await confidentiality.getByText('alerte', { exact: true }).first().waitFor();
  });

  it('shows satisfaction by one dimension at a time, with why a cell is hidden (§6, R15)', async () => {
    const { page, complaints } = await asLead();
    await page.getByRole('link', { name: 'Satisfaction', exact: true }).click();
    await settled(page);
    await page.getByLabel('Regarder par').selectOption({ label: 'Site' });
    await page.waitForURL(/by=site/);
    await settled(page);
    const cells = page.getByRole('region', { name: 'Tableau : Satisfaction' });
    await cells
      .getByRole('rowheader', { name: /^Site / })
      .first()
      .waitFor();
    expect(await cells.getByText('masqué').count()).toBeGreaterThan(0);
    await page.getByText(/moins de cinq personnes ont répondu/).waitFor();
    await page.getByRole('slider').press('ArrowLeft');
    await page.waitForURL(/(?=.*asOf=)(?=.*by=site)/);
    await settled(page);
    expect(complaints.filter((complaint) => !STILL_COMPUTING.test(complaint))).toEqual([]);
  });

  it.each([
    ['fr', 1280, 'light', { title: 'Comment ce chiffre se calcule', counts: 'Dénominateur', auditor: /seul un auditeur les ouvre/ }],
    ['en', 390, 'dark', { title: 'How this figure is computed', counts: 'Denominator', auditor: /an auditor alone opens them/ }],
  ] as const)(
    'leads from each figure of satisfaction to how it is computed, and to no event but for an auditor, in %s at %i pixels, %s (R15)',
    async (language, width, theme, words) => {
      const { page, complaints } = await asLead({ language, width, theme });
      await page.goto(`${page.url()}/satisfaction`);
      await settled(page);
      await page.locator('.figure-table').getByRole('link').first().click();
      await page.waitForURL('**/dashboards/satisfaction/*');
      await page.getByRole('heading', { name: words.title }).waitFor();
      await page.getByText(words.counts, { exact: true }).waitFor();
      await page.getByText(words.auditor).waitFor();
      const lead = page.url();
      expect([...(await violationsOf(page)), ...(await faultsOf(page, language))]).toEqual([]);
      await page.screenshot({ path: join(PICTURES, `satisfaction-figure-${language}-${theme}-${width}.png`), fullPage: true });
      expect(complaints.filter((complaint) => !STILL_COMPUTING.test(complaint))).toEqual([]);

      const auditor = await site.visit({ language, width, theme });
      await auditor.signInAs('demo-auditor');
      await auditor.page.waitForURL('**/audit');
      await auditor.page.goto(lead);
      await auditor.page
        .locator('main')
        .getByRole('link', { name: /motif|motive/ })
        .click();
      await auditor.page.waitForURL('**/audit/figures?*');
      const motive = auditor.page.getByLabel(/^(Motif|Motive)$/);
      await motive.fill('Contrôle annuel');
      await motive.press('Enter');
      await auditor.page.getByRole('heading', { name: words.title }).waitFor();
      await auditor.page.locator('.timeline tbody tr').first().waitFor();
      expect(auditor.complaints).toEqual([]);
    },
  );
});
