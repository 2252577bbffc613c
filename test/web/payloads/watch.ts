import type { Page } from 'playwright-core';
import type { SiteUnderTest, Visitor } from '../site-under-test';
import { marksIn } from './payloads';

const MOST_STEPS = 30;

/** What the browser would tell of a text that did more than stand there. */
const WATCH = `globalThis.__refused = [];
addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI }) => globalThis.__refused.push(violatedDirective + ' ' + blockedURI));`;

export interface PageReport {
  readonly ran: unknown;
  readonly elements: number;
  readonly scripts: number;
  readonly refused: readonly string[];
  readonly text: string;
}

export const TELL = `({
  ran: globalThis.__ran ?? null,
  elements: document.querySelectorAll('[data-payload]').length,
  scripts: document.querySelectorAll('a[href^="javascript:" i], a[href^="data:" i], script:not([src])').length,
  refused: globalThis.__refused,
  text: document.body.innerText + [...document.querySelectorAll('input, textarea, option')].map((one) => one.value).join(' '),
})`;

export type Watched = Visitor & { readonly home: string };

/** Visits at which the browser tells of every text that did more than stand there. */
export const watch = (site: () => SiteUnderTest) => {
  /** Marks of payloads that stood on a page. */
  const seen = new Set<string>();
  const wrong: string[] = [];

  const look = async (page: Page): Promise<void> => {
    const told = await page.evaluate<PageReport>(TELL);
    for (const mark of marksIn(told.text)) seen.add(mark);
    const { ran, elements, scripts, refused } = told;
    if (ran !== null || elements > 0 || scripts > 0 || refused.length > 0)
      wrong.push(`${new URL(page.url()).pathname}: ${JSON.stringify({ ran, elements, scripts, refused })}`);
  };

  const visitor = async (role: RegExp | string): Promise<Watched> => {
    const one = await site().visit({ language: 'fr' });
    await one.context.addInitScript(WATCH);
    one.page.on('dialog', (dialog) => {
      wrong.push(`a dialog: ${dialog.message()}`);
      void dialog.dismiss();
    });
    if (typeof role === 'string') {
      await one.page.getByRole('link', { name: 'Entrer' }).click();
      await one.page.locator('#subject').fill(role);
      await one.page.getByRole('button', { name: /^Se connecter/ }).click();
      await one.page.waitForURL(/\/n\//);
    } else await one.signInAs(role);
    return { ...one, home: new URL(one.page.url()).pathname.split('/').slice(0, 3).join('/') };
  };

  const walk = async ({ page, home, complaints }: Watched, paths: readonly string[]): Promise<void> => {
    for (const path of paths) {
      await page.goto(`${site().url}${home}${path}`);
      await page.getByRole('heading', { level: 1 }).waitFor();
      await page.locator('.waiting').first().waitFor({ state: 'detached' });
      for (let step = 0; step < MOST_STEPS; step++) {
        const more = page.getByRole('button', { name: 'Voir la suite' }).first();
        if ((await more.count()) === 0) break;
        // the last page may come between the look and the click
        await more.click({ timeout: 5_000 }).catch(() => undefined);
        await page.waitForTimeout(150);
      }
      await page.evaluate(`document.querySelectorAll('details').forEach((one) => (one.open = true))`);
      await look(page);
    }
    wrong.push(...complaints.filter((one) => /Content Security Policy|Refused/.test(one)));
  };

  return { seen, wrong, look, visitor, walk };
};
