import { violationsOf } from './accessibility';
import { startSite, type SiteUnderTest } from './site-under-test';

/** What an operator reads on the screen, by language. */
const WORDS = {
  fr: {
    operator: /^exploitation/,
    member: /membre/,
    lead: /^responsable/,
    live: 'En direct',
    well: 'Tout suit le journal',
    rebuild: 'Reconstruire',
    why: 'Pourquoi',
    needsWhy: 'Dites pourquoi.',
    byHand: /bascule à la main/,
    empty: 'Rien n’est mis de côté',
    compare: 'Comparer à celle qui sert',
    agrees: /Rien ne diffère/,
    stop: 'Abandonner',
    type: /^Pour confirmer/,
    notTheWord: /pas le mot/,
    stopped: 'C’est abandonné.',
    acts: 'Interventions',
    certify: 'Certifier',
    directory: 'Annuaire',
    reason: 'Une ligne manque dans l’annuaire',
  },
  en: {
    operator: /^operator/,
    member: /member/,
    lead: /^network lead/,
    live: 'Live',
    well: 'All follow the log',
    rebuild: 'Rebuild',
    why: 'Why',
    needsWhy: 'Say why.',
    byHand: /switch by hand/,
    empty: 'Nothing is set aside',
    compare: 'Compare with the one that serves',
    agrees: /Nothing differs/,
    stop: 'Give up',
    type: /^To confirm/,
    notTheWord: /not the word/,
    stopped: 'It is given up.',
    acts: 'Interventions',
    certify: 'Certify',
    directory: 'Directory',
    reason: 'A row of the directory is missing',
  },
} as const;

/** Notes in the page whether a bar of progress was ever there. */
const WATCH_FOR_PROGRESS = `new MutationObserver(() => {
  if (document.querySelector('progress')) globalThis.sawProgress = true;
}).observe(document.body, { childList: true, subtree: true })`;

describe('what operators do to read models', () => {
  let site: SiteUnderTest;
  beforeAll(async () => void (site = await startSite()), 180_000);
  afterAll(async () => await site?.close());

  it.each([
    ['fr', 1280, 'light'],
    ['en', 390, 'dark'],
  ] as const)('is done beside everybody’s work, each act with its reason, in %s at %i pixels, %s', async (language, width, theme) => {
    const words = WORDS[language];
    const { page, signInAs, complaints } = await site.visit({ language, width, theme });
    const member = await site.visit({ language, width, theme });
    await member.signInAs(words.member);
    await signInAs(words.operator);
    await page.waitForURL('**/operations');
    await page.getByText(words.live, { exact: true }).waitFor();
    await page.getByText(words.well).waitFor();

    await page.getByRole('link', { name: 'directory', exact: true }).click();
    await page.getByRole('heading', { name: words.empty }).waitFor();
    const dialog = page.getByRole('dialog');
    await page.evaluate(WATCH_FOR_PROGRESS);
    await page.getByRole('button', { name: words.rebuild }).click();
    await dialog.getByRole('button', { name: words.rebuild }).click();
    await dialog.getByText(words.needsWhy).waitFor();
    await dialog.getByLabel(words.why, { exact: true }).fill(words.reason);
    await dialog.getByLabel(words.byHand).check();
    expect(await violationsOf(page)).toEqual([]);
    await dialog.getByRole('button', { name: words.rebuild }).click();

    await member.page.getByRole('link', { name: words.directory }).first().click();
    await member.page.locator('.page li .card').first().waitFor();
    await page.getByRole('button', { name: words.compare }).click();
    await page.getByText(words.agrees).waitFor();
    expect(await page.evaluate('globalThis.sawProgress')).toBe(true);

    await page.getByRole('button', { name: words.stop }).click();
    await dialog.getByLabel(words.why, { exact: true }).fill(words.reason);
    await dialog.getByRole('button', { name: words.stop }).click();
    await dialog.getByText(words.notTheWord).waitFor();
    await dialog.getByLabel(words.type).fill('directory');
    await dialog.getByRole('button', { name: words.stop }).click();
    await page.getByText(words.stopped).waitFor();
    await page.getByRole('button', { name: words.certify }).click();
    await page.getByText(/hashes to [0-9a-f]{64}/).waitFor();
    expect([...complaints, ...member.complaints]).toEqual([]);

    const lead = await site.visit({ language, width, theme });
    await lead.signInAs(words.lead);
    await lead.page.goto(`${page.url().split('/operations')[0]}/operations/acts`);
    await lead.page.getByRole('cell', { name: words.reason }).first().waitFor();
    expect(await lead.page.getByRole('cell', { name: words.reason }).count()).toBe(2);
    expect(await violationsOf(lead.page)).toEqual([]);
  });
});
