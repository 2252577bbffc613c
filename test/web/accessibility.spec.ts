import { join } from 'node:path';
import { startSite, type SiteUnderTest } from './site-under-test';
import { violationsOf } from './accessibility';

/** A picture of every page, to be looked at; docs/pictures has some of them. */
const PICTURES = join(__dirname, 'pictures');

describe('every page, for everybody (WCAG 2.2 AA)', () => {
  let site: SiteUnderTest;
  beforeAll(async () => void (site = await startSite()), 180_000);
  afterAll(async () => await site?.close());

  it.each([
    ['fr', 'light', 1280],
    ['en', 'dark', 390],
  ] as const)('has nothing that axe finds wrong, in %s, %s, at %i pixels', async (language, theme, width) => {
    const { page, signInAs } = await site.visit({ language, theme, width });
    await page.getByRole('heading', { level: 1 }).waitFor();
    const found: Record<string, readonly string[]> = { '/': await violationsOf(page) };
    await signInAs(/member|membre/i);
    const home = new URL(page.url()).pathname.replace(/\/join$/, '');
    for (const path of ['', '/directory', '/publish/offer', '/publish/request', '/join', '/hours', '/account', '/incident', '/about']) {
      await page.goto(`${site.url}${home}${path}`);
      await page.getByRole('heading', { level: 1 }).waitFor();
      await page.waitForLoadState('networkidle');
      found[path] = await violationsOf(page);
      const name = `${path.replaceAll('/', '-').slice(1) || 'my-page'}-${language}-${theme}-${width}.png`;
      await page.screenshot({ path: join(PICTURES, name), fullPage: true });
    }
    expect(Object.fromEntries(Object.entries(found).filter(([, wrong]) => wrong.length > 0))).toEqual({});
  });
});
