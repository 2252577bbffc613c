import type { Request } from 'playwright-core';
import { enterNetwork } from './entering';
import { startSite, type SiteUnderTest } from './site-under-test';

/** What a newcomer reads on the screen, by language. */
const WORDS = {
  fr: {
    new: /nouvelle/i,
    name: /^Nom/,
    want: 'Ce que vous voulez savoir faire',
    declared: /^Je le déclare/,
    hello: 'Bonjour Camille',
    directory: 'Annuaire',
    teach: 'Qui pourrait m’apprendre',
    ask: 'Demander à apprendre',
    send: 'Envoyer ma demande',
    see: 'Voir l’appariement',
    email: /^Adresse électronique/,
    save: 'Enregistrer',
    noEmail: 'doit être une adresse électronique',
  },
  en: {
    new: /new person/i,
    name: /^Name/,
    want: 'What you want to be able to do',
    declared: /^I declare/,
    hello: 'Hello Camille',
    directory: 'Directory',
    teach: 'Who could teach me',
    ask: 'Ask to learn',
    send: 'Send my request',
    see: 'See the match',
    email: /^Work e-mail/,
    save: 'Save',
    noEmail: 'must be an email',
  },
} as const;
let site: SiteUnderTest;
beforeAll(async () => void (site = await startSite()), 180_000);
afterAll(async () => await site?.close());

describe.each([
  ['fr', 1280],
  ['en', 390],
] as const)('a newcomer who reads only the screen, in %s at %i pixels', (language, width) => {
  const words = WORDS[language];

  it('enters the network, finds an offer and asks for it (R1, R6)', async () => {
    const { page, signInAs, follow, complaints } = await site.visit({ language, width });
    await signInAs(words.new);
    await enterNetwork(page, language, {
      name: 'Camille Aubry',
      offer: ['Tableaux croisés dynamiques', 'Construire un tableau croisé pour suivre ses chiffres.'],
      request: ['Prise de parole', 'Présenter un projet à vingt personnes.'],
    });
    await page.getByRole('heading', { level: 1, name: words.hello }).waitFor();
    await follow(words.directory);
    await page.getByRole('button', { name: words.teach }).click();
    await page.getByRole('button', { name: words.ask }).first().click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel(words.want).fill('Apprendre cela pour mon nouveau poste.');
    await dialog.getByLabel(words.declared).check();
    await dialog.getByRole('button', { name: words.send }).click();
    await dialog.getByRole('link', { name: words.see }).click();
    await page.waitForURL('**/matches/*');
    await page.getByText('Apprendre cela pour mon nouveau poste.').waitFor();
    expect(complaints).toEqual([]);
  });

  it('finds what was typed again after the page was loaded anew', async () => {
    const { page, signInAs } = await site.visit({ language, width });
    await signInAs(words.new);
    await page.getByLabel(words.name).fill('Dominique Roy');
    await page.reload();
    expect(await page.getByLabel(words.name).inputValue()).toBe('Dominique Roy');
  });

  it('reads beside the field what the API finds wrong with it', async () => {
    const { page, signInAs } = await site.visit({ language, width });
    await signInAs(/member|membre/i);
    await page.goto(`${page.url().split('/').slice(0, 5).join('/')}/account`);
    const email = page.getByLabel(words.email);
    await email.fill('nulle part');
    await page.getByRole('button', { name: words.save }).first().click();
    await page.locator('.field', { has: email }).getByText(words.noEmail).waitFor();
    expect(await email.getAttribute('aria-invalid')).toBe('true');
  });

  it('comes to the page that a link named, after signing in', async () => {
    const { page, signInAs } = await site.visit({ language, width });
    await signInAs(/member|membre/i);
    const asked = `${new URL(page.url()).pathname}/directory?kind=offer&text=%C3%A9criture`;
    await page.context().clearCookies();
    await page.goto(`${site.url}${asked}`);

    await signInAs(/member|membre/i);
    await page.waitForURL('**/directory?**');
    expect(new URL(page.url()).searchParams.get('text')).toBe('écriture');
  });

  it.each(['', '/directory', '/account'])(
    'waits for little: %s asks at most 12 times, and takes at most 200 kB of script',
    async (path) => {
      const { page, signInAs } = await site.visit({ language, width });
      await signInAs('demo-3');
      const context = await page
        .context()
        .browser()!
        .newContext({ storageState: await page.context().storageState() });
      const cold = await context.newPage();
      const requests: Request[] = [];
      cold.on('requestfinished', (request) => void requests.push(request));
      await cold.goto(`${page.url()}${path}`);
      await cold.getByRole('heading', { level: 1 }).waitFor();
      await cold.waitForLoadState('networkidle');
      expect(
        requests.map((request) => new URL(request.url()).pathname).filter((asked) => asked !== '/logo.svg').length,
      ).toBeLessThanOrEqual(12);
      const sizes = await Promise.all(requests.filter((one) => one.resourceType() === 'script').map((one) => one.sizes()));
      expect(sizes.length).toBeGreaterThan(1);
      expect(sizes.reduce((sum, { responseBodySize }) => sum + responseBodySize, 0)).toBeLessThan(200_000);
      await context.close();
    },
  );
});
