import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { violationsOf } from './accessibility';
import { startSite, type SiteUnderTest } from './site-under-test';

const PICTURES = join(__dirname, 'pictures');

/** What a network's lead and HR read on the screen, by language. */
const WORDS = {
  fr: {
    lead: /responsable/,
    settings: 'Réglages',
    accepting: /^Accepter un appariement/,
    grace: /^Délai de grâce/,
    halfDays: 'Proposer sans demi-journée en commun',
    hard: 'jamais',
    wrong: 'Cette valeur n’est pas possible.',
    review: /^Relire 1 changement$/,
    keeps: 'Les délais déjà ouverts gardent leur date de fin',
    change: '14 jours → 10 jours',
    save: 'Enregistrer',
    saved: 'C’est enregistré.',
    charter: 'Charte',
    inFrench: 'En français',
    preview: 'Relire avant de publier',
    publish: /^Publier la version/,
    inForce: /^Version \d+, en vigueur$/,
    version: 'Version à lire',
    mediators: 'Médiateurs',
    who: 'Membre à nommer',
    name: 'Nommer',
    named: /a désormais le bureau de médiation/,
    remove: /^Retirer /,
    sure: 'Retirer',
    hr: /ressources humaines/,
    from: 'Du début de',
    to: 'À la fin de',
    show: 'Afficher les heures par personne',
    recorded: /^Enregistré le/,
    csv: 'Exporter en CSV',
  },
  en: {
    lead: /network lead/,
    settings: 'Settings',
    accepting: /^Accepting a match/,
    grace: /^Grace/,
    halfDays: 'Proposing without a common half-day',
    hard: 'never',
    wrong: 'This value cannot be.',
    review: /^Review 1 change$/,
    keeps: 'Windows that are open keep their end',
    change: '10 days → 12 days',
    save: 'Save',
    saved: 'It is saved.',
    charter: 'Charter',
    inFrench: 'In French',
    preview: 'Read it before publishing',
    publish: /^Publish version/,
    inForce: /^Version \d+, in force$/,
    version: 'Version to read',
    mediators: 'Mediators',
    who: 'Member to name',
    name: 'Name them',
    named: /has the mediator’s desk/,
    remove: /^Remove /,
    sure: 'Remove',
    hr: /human resources/,
    from: 'From the start of',
    to: 'To the end of',
    show: 'Show the hours by person',
    recorded: /^Recorded on/,
    csv: 'Export as CSV',
  },
} as const;

describe('what a network’s lead sets, and what HR reads', () => {
  let site: SiteUnderTest;
  beforeAll(async () => void (site = await startSite(['--members', '20', '--months', '2'])), 300_000);
  afterAll(async () => await site?.close());

  describe.each([
    ['fr', 1280, 'light'],
    ['en', 390, 'dark'],
  ] as const)('in %s at %i pixels, %s', (language, width, theme) => {
    const words = WORDS[language];
    const picture = (name: string): string => join(PICTURES, `${name}-${language}-${theme}-${width}.png`);

    it('lets a lead change a setting, having read what that does (§3)', async () => {
      const { page, signInAs, follow, complaints } = await site.visit({ language, width, theme });
      await signInAs(words.lead);
      await follow(words.settings);
      await page.getByLabel(words.grace).fill('0');
      await page.getByText(words.wrong).waitFor();
      await page.getByRole('button', { name: words.review }).click();
      expect(await page.getByRole('dialog').count()).toBe(0);
      expect(await violationsOf(page)).toEqual([]);
      await page.getByLabel(words.grace).fill('90');
      await page.getByLabel(words.accepting).fill(language === 'fr' ? '10' : '12');
      await page.getByRole('button', { name: words.review }).click();
      const dialog = page.getByRole('dialog');
      await dialog.getByText(words.change).waitFor();
      await dialog.getByText(words.keeps).waitFor();
      expect(await violationsOf(page)).toEqual([]);
      await dialog.getByRole('button', { name: words.save }).click();
      await page.getByText(words.saved).waitFor();
      await page.reload();
      expect(await page.getByLabel(words.accepting).inputValue()).toBe(language === 'fr' ? '10' : '12');
      await page.screenshot({ path: picture('policy'), fullPage: true });
      expect(complaints).toEqual([]);
    });

    it('lets a lead say what rounds may bend (§3)', async () => {
      const { page, signInAs, follow, complaints } = await site.visit({ language, width, theme });
      await signInAs(words.lead);
      await follow(words.settings);
      const halfDays = page.getByLabel(words.halfDays, { exact: true });
      const [before, after] = language === 'fr' ? ['soft', 'hard'] : ['hard', 'off'];
      expect(await halfDays.inputValue()).toBe(before);
      await halfDays.selectOption(after);
      await page.getByRole('button', { name: words.review }).click();
      const dialog = page.getByRole('dialog');
      await dialog.getByText(words.hard).waitFor();
      await dialog.getByRole('button', { name: words.save }).click();
      await page.getByText(words.saved).waitFor();
      await page.reload();
      expect(await halfDays.inputValue()).toBe(after);
      expect(complaints).toEqual([]);
    });

    it('lets a lead publish the next charter, and open the one before (R1)', async () => {
      const { page, signInAs, follow, complaints } = await site.visit({ language, width, theme });
      await signInAs(words.lead);
      await follow(words.settings);
      await follow(words.charter);
      const before = await page.getByRole('heading', { name: words.inForce }).textContent();
      const wording = `Chacun offre, chacun demande, chacun respecte les horaires (${language}).`;
      await page.getByLabel(words.inFrench).fill(wording);
      await page.getByRole('button', { name: words.preview }).click();
      const dialog = page.getByRole('dialog');
      await dialog.getByText(wording).waitFor();
      expect(await violationsOf(page)).toEqual([]);
      await dialog.getByRole('button', { name: words.publish }).click();
      await dialog.waitFor({ state: 'hidden' });
      await page.locator('.written').filter({ hasText: wording }).waitFor();
      expect(await page.getByRole('heading', { name: words.inForce }).textContent()).not.toBe(before);
      await page.getByLabel(words.version).selectOption({ index: 1 });
      await page.locator('.written').filter({ hasText: wording }).waitFor({ state: 'detached' });
      await page.screenshot({ path: picture('charter'), fullPage: true });
      expect(complaints).toEqual([]);
    });

    it('lets a lead name a mediator, found by name, and remove them (R9)', async () => {
      const { page, signInAs, follow, complaints } = await site.visit({ language, width, theme });
      await signInAs(words.lead);
      await follow(words.settings);
      await follow(words.mediators);
      const remove = page.getByRole('main').getByRole('button', { name: words.remove });
      await remove.first().waitFor();
      const before = await remove.allTextContents();
      const taken = await page.locator('.card strong').allTextContents();
      await page.getByLabel(words.who).first().fill('ma');
      const found = page.getByRole('group', { name: words.who }).getByRole('button');
      await found.first().waitFor();
      const free = (await found.allTextContents()).find((one) => !taken.some((name) => one.startsWith(`${name},`)))!;
      await found.filter({ hasText: free }).first().click();
      await page.getByRole('button', { name: words.name, exact: true }).click();
      await page.getByText(words.named).waitFor();
      expect(await remove.count()).toBe(before.length + 1);
      await page.screenshot({ path: picture('mediators'), fullPage: true });
      await remove.filter({ has: page.locator(`:scope[aria-label$="${free.split(',')[0]}"]`) }).click();
      await page.getByRole('dialog').getByRole('button', { name: words.sure, exact: true }).click();
      await remove.nth(before.length).waitFor({ state: 'detached' });
      expect(complaints).toEqual([]);
    });

    it('lets HR read hours by month, and by person once it is said that each look is recorded (R20)', async () => {
      const { page, signInAs, complaints } = await site.visit({ language, width, theme });
      await signInAs(words.hr);
      await page.getByLabel(words.from).selectOption({ index: 2 });
      await page.getByLabel(words.to).selectOption({ index: 0 });
      await page.getByRole('table').waitFor();
      expect(await page.getByRole('table').count()).toBe(1);
      await page.getByRole('button', { name: words.show }).click();
      await page.getByText(words.recorded).waitFor();
      await page.getByRole('table').nth(1).waitFor();
      expect(await violationsOf(page)).toEqual([]);
      await page.screenshot({ path: picture('training-hours'), fullPage: true });
      const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: words.csv }).click()]);
      expect(file.suggestedFilename()).toMatch(/^training-hours-\d{4}-\d\d-01-\d{4}-\d\d-\d\d\.csv$/);
      const lines = readFileSync(await file.path(), 'utf8').split('\n');
      expect(lines[0]).toContain('employee_number,name,member_id,date,role,minutes');
      expect(lines.length).toBeGreaterThan(2);
      expect(complaints).toEqual([]);
    });
  });
});

it('lets a lead open their network, and write its first charter (R1, R23)', async () => {
  const site = await startSite(['--empty']);
  try {
    const { page, signInAs, complaints } = await site.visit();
    await signInAs(WORDS.fr.lead);
    await page.getByLabel('Nom du réseau').fill('Réseau de Lyon');
    expect(await violationsOf(page)).toEqual([]);
    await page.getByRole('button', { name: 'Ouvrir le réseau' }).click();
    await page.getByText('Pas encore de charte').waitFor();
    await page.getByLabel('En français').fill('Chacun offre, chacun demande.');
    await page.getByRole('button', { name: WORDS.fr.preview }).click();
    await page.getByRole('dialog').getByRole('button', { name: WORDS.fr.publish }).click();
    await page.getByRole('heading', { name: 'Version 1, en vigueur' }).waitFor();
    expect(complaints).toEqual([]);
  } finally {
    await site.close();
  }
}, 120_000);
