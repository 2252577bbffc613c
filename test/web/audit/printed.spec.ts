import { join } from 'node:path';
import { ok } from '#test/e2e/harness/asking';
import { violationsOf } from '../accessibility';
import { closedExchange } from './closed-exchange';
import { startSite, type SiteUnderTest } from '../site-under-test';

const PICTURES = join(__dirname, '../pictures');
/** Of a page that may be a hundred times as high as the window. */
const PICTURED = 6_000;

const PAGES = ['replay', 'own-data'] as const;

/** Pages that are saved, sent on and printed are read on a phone, too. */
describe('a page to print, in a window', () => {
  let site: SiteUnderTest;
  let asked: Readonly<Record<(typeof PAGES)[number], (language: string) => Promise<string>>>;
  beforeAll(async () => {
    site = await startSite(['--members', '40', '--months', '3']);
    const { member, exchangeId } = await closedExchange(site);
    const auditor = await site.person('demo-auditor', ['auditor']);
    const look = { motive: 'Contrôle annuel', namesMotive: 'Plainte du 3 mars', since: { revision: 0 } };
    const as = (language: string) => ({ accept: 'text/html', 'accept-language': language });
    asked = {
      replay: async (language) => String(ok(await auditor.post(`exchanges/${exchangeId}/replay`, look, as(language))).body),
      'own-data': async (language) => String(ok(await member.get('members/me/export', as(language))).body),
    };
  }, 180_000);
  afterAll(async () => await site?.close());

  it.each(PAGES.flatMap((name) => [[name, 'fr', 390] as const, [name, 'en', 390] as const, [name, 'fr', 1280] as const]))(
    'has nothing wrong and no part wider than the window: %s, %s, %i pixels',
    async (name, language, width) => {
      const { page, context } = await site.visit({ language, width });
      // at an address of its own, under its own policy: within a page of the site, that one's would refuse its style
      const body = await asked[name](language);
      await page.route('**/printed', (route) => route.fulfill({ contentType: 'text/html; charset=utf-8', body }));
      await page.goto(`${site.url}/printed`);
      await page.screenshot({
        path: join(PICTURES, `printed-${name}-${language}-${width}.png`),
        fullPage: true,
        clip: { x: 0, y: 0, width, height: PICTURED },
      });
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(width);
      expect(await violationsOf(page)).toEqual([]);
      await context.close();
    },
  );
});
