import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { violationsOf } from '../accessibility';
import { startSite, type SiteUnderTest } from '../site-under-test';

const PICTURES = join(__dirname, '../pictures');

/** What an auditor, a data protection officer and a member read on the screen, by language. */
const WORDS = {
  fr: {
    auditor: /^audit/,
    figures: 'Ouvrir un chiffre',
    open: /^Ouvrir : Qui transmet/,
    look: 'Voir les événements',
    computed: 'Comment ce chiffre se calcule',
    counted: /^Identifiants comptés\s: /,
    motive: 'Motif',
    replay: 'Rejouer',
    needsMotive: 'Dites pourquoi, en trois caractères au moins.',
    agreed: 'Échange convenu',
    compare: 'Comparer avec',
    status: 'État',
    tree: 'Arbre des causes',
    enrolled: 'Inscription faite, avec offre et demande',
    csv: 'Chronologie (CSV)',
    proofs: 'Preuves',
    certify: 'Calculer le certificat',
    hash: 'Empreinte (SHA-256)',
    ask: 'Demander un effacement',
    id: 'Identifiant du membre',
    askSend: 'Demander l’effacement',
    notYou: 'Vous l’avez demandé : une autre personne de la protection des données l’approuve.',
    approve: 'Approuver',
    sure: 'Oui, approuver l’effacement',
    approved: 'approuvé',
    askedByOfficer: /^Demandé par la protection des données/,
    identity: 'Voir qui c’est',
    email: 'Adresse électronique',
    gather: 'Rassembler ses données',
    start: 'Lancer une purge',
    sureToErase: 'Oui, effacer et continuer chaque mois',
    nextRun: /^Prochaine purge/,
    noClock: /^Aucune purge automatique/,
    byOfficer: 'la protection des données',
  },
  en: {
    auditor: /^auditor/,
    figures: 'Open a figure',
    open: /^Open: /,
    look: 'See the events',
    computed: 'How this figure is computed',
    counted: /^Ids counted: /,
    motive: 'Motive',
    replay: 'Replay',
    needsMotive: 'Say why, in three characters at least.',
    agreed: 'Exchange agreed',
    compare: 'Compare with',
    status: 'State',
    tree: 'Tree of causes',
    enrolled: 'Enrolled, with an offer and a request',
    csv: 'Timeline (CSV)',
    proofs: 'Proofs',
    certify: 'Compute the certificate',
    hash: 'Hash (SHA-256)',
    ask: 'Ask for an erasure',
    id: 'The member’s id',
    askSend: 'Ask for the erasure',
    notYou: 'You asked for it: another data protection officer approves it.',
    approve: 'Approve',
    sure: 'Yes, approve the erasure',
    approved: 'approved',
    askedByOfficer: /^Asked for by data protection/,
    identity: 'See who it is',
    email: 'E-mail',
    gather: 'Gather their data',
    start: 'Start a run',
    sureToErase: 'Yes, erase, and go on each month',
    nextRun: /^Next run/,
    noClock: /^No automatic runs/,
    byOfficer: 'data protection',
  },
} as const;

/** Of the demo: whoever runs it, and two of its members, so that each language has one of its own. */
const OFFICER = 'demo-protection';
const SECOND_OFFICER = 'demo-protection-2';

const MOTIVE = 'Contrôle annuel';
const homeOf = (page: Page): string => page.url().split('/').slice(0, 5).join('/');

/** Who is signed in, as the network knows them. */
const ownId = (page: Page): Promise<string> =>
  page.evaluate(async (network) => {
    const answer = await fetch(`/networks/${network}/members/me?limit=1`);
    return ((await answer.json()) as { member: { memberId: string } }).member.memberId;
  }, homeOf(page).split('/').at(-1)!);

describe('the pages of those who check', () => {
  let site: SiteUnderTest;
  beforeAll(async () => void (site = await startSite(['--members', '30', '--months', '2'])), 300_000);
  afterAll(async () => await site?.close());

  describe.each([
    ['fr', 1280, 'light', 'demo-10'],
    ['en', 390, 'dark', 'demo-11'],
  ] as const)('in %s at %i pixels, %s', (language, width, theme, subject) => {
    const words = WORDS[language];
    const visit = () => site.visit({ language, width, theme });

    it('lets an auditor open a figure down to an exchange, and replay that (R15, R21)', async () => {
      const { page, signInAs, complaints } = await visit();
      await signInAs(words.auditor);
      await page.waitForURL('**/audit');
      await page.goto(`${homeOf(page)}/audit/figures`);
      await page.getByRole('button', { name: words.open }).first().click();
      // whom it counts is shown to nobody who does not say why
      await page.getByRole('button', { name: words.look, exact: true }).click();
      await page.getByText(words.needsMotive).waitFor();
      await page.getByLabel(words.motive).fill(MOTIVE);
      await page.getByRole('button', { name: words.look, exact: true }).click();
      const events = page.locator('.timeline tbody tr');
      await events.first().waitFor();
      await page.getByRole('heading', { name: words.computed }).waitFor();
      await page.getByText(words.counted).last().click();
      expect(await violationsOf(page)).toEqual([]);
      await page.getByRole('link', { name: words.replay, exact: true }).first().click();
      await page.waitForURL('**/audit?exchange=*');
      // the motive goes along
      await page.getByRole('button', { name: words.replay, exact: true }).click();
      const slider = page.getByRole('slider');
      await slider.waitFor();
      const all = await events.count();
      expect(all).toBeGreaterThan(2);
      expect(decodeURIComponent(page.url())).not.toContain(MOTIVE);
      expect(await page.evaluate('JSON.stringify({ ...localStorage })')).not.toContain(MOTIVE);
      await events.filter({ hasText: words.enrolled }).first().waitFor();
      await events.getByText(words.agreed, { exact: true }).click();
      await page.screenshot({ path: join(PICTURES, `audit-${language}-${theme}-${width}.png`), fullPage: true });

      await slider.press('Home');
      expect(await events.count()).toBe(1);
      await slider.press('ArrowRight');
      expect(await events.count()).toBe(2);
      await slider.press('End');
      expect(await events.count()).toBe(all);
      await page.getByLabel(words.compare).selectOption('0');
      const differing = page.getByRole('region', { name: words.compare }).getByRole('row');
      await differing.first().waitFor();
      expect(await differing.getByRole('rowheader').allTextContents()).toContain(words.status);
      await page.getByRole('button', { name: words.tree }).click();
      // of what was agreed in its match, the exchange comes
      await page.locator('.tree ul ul summary').filter({ hasText: words.agreed }).waitFor();
      expect(await violationsOf(page)).toEqual([]);

      const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: words.csv }).click()]);
      const lines = readFileSync((await file.path())!, 'utf8')
        .trimEnd()
        .split('\n');
      expect(lines[0]).toMatch(/^number,recorded_at,occurred_at,stream,/);
      expect(lines).toHaveLength(all + 1);
      expect(complaints).toEqual([]);
    });

    it('shows an auditor what a read model’s certificate says', async () => {
      const { page, signInAs } = await visit();
      await signInAs(words.auditor);
      await page.waitForURL('**/audit');
      await page.goto(`${homeOf(page)}/audit/proofs`);
      await page.getByRole('button', { name: words.certify }).click();
      await page.getByText(words.hash).waitFor();
      expect(
        await page
          .locator('.facts .id')
          .filter({ hasText: /^[0-9a-f]{64}$/ })
          .count(),
      ).toBe(1);
      expect(await violationsOf(page)).toEqual([]);
    });

    it('takes two officers for an erasure, and tells the member how far it is (R19)', async () => {
      const member = await visit();
      await member.signInAs(subject);
      const memberId = await ownId(member.page);

      const first = await visit();
      await first.signInAs(OFFICER);
      await first.page.waitForURL('**/data-protection');
      await first.page.getByRole('button', { name: words.ask }).click();
      await first.page.getByLabel(words.id).fill(memberId);
      await first.page.getByRole('button', { name: words.askSend }).click();
      const card = (page: Page) => page.locator('li .card').filter({ hasText: memberId.slice(0, 8) });
      await card(first.page).getByText(words.notYou).waitFor();
      expect(await card(first.page).getByRole('button', { name: words.approve }).count()).toBe(0);
      expect(await violationsOf(first.page)).toEqual([]);

      await member.page.goto(`${homeOf(member.page)}/account`);
      await member.page.getByText(words.askedByOfficer).waitFor();
      expect(await violationsOf(member.page)).toEqual([]);

      const second = await visit();
      await second.signInAs(SECOND_OFFICER);
      await second.page.waitForURL('**/data-protection');
      await card(second.page).getByRole('button', { name: words.approve }).click();
      await second.page.getByRole('button', { name: words.sure }).click();
      await card(second.page).getByText(words.approved, { exact: true }).waitFor();
      expect([...first.complaints, ...second.complaints]).toEqual([]);
    });

    it('lets an officer look a member up and hand out their data, each with its motive (R15)', async () => {
      const member = await visit();
      await member.signInAs('demo-12');
      const memberId = await ownId(member.page);
      const { page, signInAs } = await visit();
      await signInAs(OFFICER);
      await page.waitForURL('**/data-protection');
      const desk = `${homeOf(page)}/data-protection`;
      for (const [path, send] of [
        ['identity', words.identity],
        ['access', words.gather],
      ] as const) {
        await page.goto(`${desk}/${path}`);
        await page.getByLabel(words.id).fill(memberId);
        await page.getByRole('button', { name: send }).click();
        await page.getByText(words.needsMotive).waitFor();
        await page.getByLabel(words.motive).fill('Demande du 3 mars');
        await page.getByRole('button', { name: send }).click();
        await page.getByText(words.email).waitFor();
        expect(await violationsOf(page)).toEqual([]);
      }
    });

    it('lets an officer see what retention would erase before they start it (R19)', async () => {
      const { page, signInAs } = await visit();
      await signInAs(OFFICER);
      await page.waitForURL('**/data-protection');
      await page.goto(`${homeOf(page)}/data-protection/retention`);
      const byOfficer = page.getByRole('cell', { name: words.byOfficer });
      // both languages look at one network: whoever comes second finds the clock on
      await page.getByText(words.noClock).or(page.getByText(words.nextRun)).waitFor();
      const before = await byOfficer.count();
      await page.getByRole('button', { name: words.start }).click();
      expect(await violationsOf(page)).toEqual([]);
      await page.getByRole('button', { name: words.sureToErase }).click();
      await byOfficer.nth(before).waitFor();
      expect(await violationsOf(page)).toEqual([]);
    });
  });
});
