import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { startSite, type SiteUnderTest, type Visitor } from './site-under-test';
import { violationsOf } from './accessibility';
import { everyAddress, faultsOf, pageVisits, settled, type PageVisit } from './every-page';

/** A picture of every page, to be looked at. */
const PICTURES = join(__dirname, 'pictures');

const LOOKS = [
  { language: 'fr', theme: 'light', width: 1280 },
  { language: 'en', theme: 'dark', width: 390 },
  { language: 'fr', theme: 'dark', width: 390 },
  { language: 'en', theme: 'light', width: 1280 },
] as const;
type Look = (typeof LOOKS)[number];

/** `PAGES=all` has each page in each look; the gate deals the looks over the pages. */
const looksAt = (index: number): readonly Look[] => (process.env['PAGES'] === 'all' ? LOOKS : [LOOKS[index % LOOKS.length]!]);

/** A figure that is not computed yet is asked for again: no fault. */
const STILL_COMPUTING = /status of 503/;

const nameOf = (address: string, { language, theme, width }: Look): string => {
  const page = address.replace('/n/$networkId', 'n').replaceAll(/\W+/g, '-').replace(/^-|-$/g, '').replace(/^n-/, '');
  return `${page === '' ? 'landing' : page === 'n' ? 'my-page' : page}-${language}-${theme}-${width}`;
};

describe('every page, for everybody (WCAG 2.2 AA)', () => {
  let site: SiteUnderTest;
  let visits: Readonly<Record<string, PageVisit>>;
  beforeAll(async () => {
    mkdirSync(PICTURES, { recursive: true });
    site = await startSite(['--members', '40', '--months', '3']);
    visits = await pageVisits(site);
  }, 180_000);
  afterAll(async () => await site?.close());

  const look = async ({ page, complaints }: Visitor, address: string, ids: Readonly<Record<string, string>>, at: Look) => {
    const path = address.replaceAll(/\$(\w+)/g, (whole, name: string) => ids[name] ?? whole);
    await page.emulateMedia({ colorScheme: at.theme });
    await page.setViewportSize({ width: at.width, height: 900 });
    await page.evaluate(`localStorage.setItem('savoirs:language', '${at.language}'); localStorage.setItem('savoirs:visit', 'done')`);
    const before = complaints.length;
    await page.goto(`${site.url}${path}${visits[address]!.search ?? ''}`);
    await settled(page);
    const faults = [
      ...(new URL(page.url()).pathname === path ? [] : [`led to ${new URL(page.url()).pathname}`]),
      ...(await faultsOf(page, at.language)),
      ...(await violationsOf(page)),
    ];
    await page.screenshot({ path: join(PICTURES, `${nameOf(address, at)}.png`), fullPage: true });
    return [...faults, ...complaints.slice(before).filter((complaint) => !STILL_COMPUTING.test(complaint))];
  };

  it('visits each address of the router', () => {
    expect(Object.keys(visits).sort()).toEqual([...everyAddress()].sort());
  });

  it('has nothing wrong in either language, either theme, on a desk or on a phone', async () => {
    const found: Record<string, readonly string[]> = {};
    const addresses = Object.keys(visits);
    for (const who of new Set(Object.values(visits).map(({ as }) => as))) {
      const visitor = await site.visit({ language: 'fr' });
      if (who !== null) await visitor.signInAs(who);
      const networkId = new URL(visitor.page.url()).pathname.split('/')[2] ?? '';
      for (const address of addresses.filter((one) => visits[one]!.as === who)) {
        const ids = { networkId, ...(await visits[address]!.ids?.(visitor.page)) };
        for (const at of looksAt(addresses.indexOf(address))) {
          const faults = await look(visitor, address, ids, at);
          if (faults.length > 0) found[nameOf(address, at)] = faults;
        }
      }
      await visitor.context.close();
    }
    expect(found).toEqual({});
  }, 600_000);
});
