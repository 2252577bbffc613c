import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { violationsOf } from './accessibility';
import { startSite, type SiteUnderTest } from './site-under-test';

const root = join(__dirname, '../..');
const texts = readdirSync(join(root, 'docs/guides/site')).map((file) => file.replace(/\.md$/, ''));

/** The words of each address below a network, as the router has them. */
const addresses = (): readonly (readonly string[])[] => {
  const router = readFileSync(join(root, 'apps/web/src/router.tsx'), 'utf8');
  return [...router.matchAll(/\.\.\.(at|desk)\('([^']*)'\)/g)].map(([, within, path]) =>
    [...(within === 'desk' ? ['facilitation'] : []), ...path!.split('/')].filter((word) => word !== '' && !word.startsWith('$')),
  );
};

describe('the help of a page', () => {
  it('is there for each address, and belongs to one', () => {
    const all = addresses();
    expect(all.length).toBeGreaterThan(20);
    const without = all.filter((words) => words.length > 0 && !words.some((_, at) => texts.includes(words.slice(0, at + 1).join('-'))));
    expect(without).toEqual([]);
    const names = all.map((words) => words.join('-'));
    expect(texts.filter((text) => text !== 'my-page' && !names.includes(text))).toEqual([]);
  });

  describe.each([
    [
      'fr',
      1280,
      { help: 'Aide', lead: /Tout ce qui est offert et demandé aujourd’hui/, go: /^Continuer/, end: 'C’est compris', close: 'Fermer' },
    ],
    ['en', 390, { help: 'Help', lead: /All that is offered and asked for today/, go: /^Go on/, end: 'Understood', close: 'Close' }],
  ] as const)('in %s at %i pixels', (language, width, words) => {
    let site: SiteUnderTest;
    beforeAll(async () => void (site = await startSite()), 180_000);
    afterAll(async () => await site?.close());

    it('leads through the pages once, and opens where one is', async () => {
      const { page, signInAs, complaints } = await site.visit({ language, width });
      await signInAs('demo-3');
      const visit = page.getByRole('complementary');
      await visit.getByRole('button', { name: words.go }).click();
      await page.waitForURL('**/directory');
      await visit.getByText(words.lead).waitFor();
      expect(await violationsOf(page)).toEqual([]);
      for (let pages = 0; pages < 10 && (await visit.getByRole('button', { name: words.go }).count()) > 0; pages++) {
        const before = await visit.textContent();
        await visit.getByRole('button', { name: words.go }).click();
        await page.waitForFunction(
          (was) =>
            (globalThis as unknown as { document: { querySelector(q: string): { textContent: string } | null } }).document.querySelector(
              'aside',
            )?.textContent !== was,
          before,
        );
        await visit.waitFor();
      }
      await visit.getByRole('button', { name: words.end }).click();
      await page.reload();
      await page.getByRole('heading', { level: 1 }).waitFor();
      expect(await visit.count()).toBe(0);

      await page.goto(`${page.url().split('/').slice(0, 5).join('/')}/directory`);
      await page.getByRole('button', { name: words.help, exact: true }).click();
      const dialog = page.getByRole('dialog');
      await dialog.getByText(words.lead).waitFor();
      expect(await dialog.getByRole('link', { name: 'R14' }).getAttribute('href')).toBe('/docs/rules#r14');
      expect(await violationsOf(page)).toEqual([]);
      await page.screenshot({ path: join(root, `test/web/pictures/help-${language}.png`) });
      await page.keyboard.press('Escape');
      expect(await dialog.isVisible()).toBe(false);
      expect(complaints).toEqual([]);
    });
  });
});
