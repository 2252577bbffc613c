import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { testDatabase } from '#testing/test-database';
import { openBrowser } from './browser';

type Language = 'fr' | 'en';

/** How a page is looked at: in which language, how wide, in which theme. */
export interface Look {
  readonly language?: Language;
  readonly width?: number;
  readonly theme?: 'light' | 'dark';
}

const LOCALE = { fr: 'fr-FR', en: 'en-GB' } as const;
const HEIGHT = 900;

export interface SiteUnderTest {
  readonly url: string;
  /** A browser of its own at the site's first page. What its console says is an error of the test. */
  visit(look?: Look): Promise<Visitor>;
  close(): Promise<void>;
}

export interface Visitor {
  readonly page: Page;
  readonly context: BrowserContext;
  /** Refused by the Content-Security-Policy, thrown by a script, or written to the console as an error. */
  readonly complaints: readonly string[];
  /** By the button of that name on the development provider's page. */
  signInAs(name: RegExp): Promise<void>;
  /** Along a link of the bar, or of a desk; on a phone they lie behind a button. */
  follow(name: string): Promise<void>;
}

const readyAt = async (child: ChildProcess): Promise<string> => {
  let said = '';
  let wrong = '';
  child.stderr!.on('data', (chunk) => (wrong += String(chunk)));
  return new Promise((resolve, reject) => {
    child.stdout!.on('data', (chunk) => {
      said += String(chunk);
      const url = /(http:\/\/127\.0\.0\.1:\d+)/.exec(said)?.[1];
      if (url && said.includes('Ctrl-C')) resolve(url);
    });
    child.once('exit', (code) => reject(new Error(`npm start ended with ${code}: ${wrong.slice(-2000)}`)));
  });
};

/** `npm start` as a newcomer has it, with a small demo, on a database of its own. */
export const startSite = async (args: readonly string[] = ['--members', '12', '--months', '1']): Promise<SiteUnderTest> => {
  const database = await testDatabase();
  const folder = mkdtempSync(join(tmpdir(), 'savoirs-site-'));
  const child = spawn(process.execPath, ['dist/apps/api/start.js', ...args], {
    cwd: process.cwd(),
    env: { ...process.env, DATABASE_URL: database.url, SAVOIRS_DATA: folder, PORT: '0', NODE_ENV: '', LOG_LEVEL: 'silent' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const [url, browser] = await Promise.all([readyAt(child), openBrowser()]);
  return {
    url,
    visit: (look) => visit(browser, url, look),
    close: async () => {
      await browser.close();
      child.kill('SIGTERM');
      if (child.exitCode === null) await once(child, 'exit');
      await database.drop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
};

const visit = async (browser: Browser, url: string, { language = 'fr', width = 1280, theme = 'light' }: Look = {}): Promise<Visitor> => {
  const context = await browser.newContext({ viewport: { width, height: HEIGHT }, colorScheme: theme, locale: LOCALE[language] });
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('pageerror', (fault) => complaints.push(fault.message));
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  await page.goto(url);
  const signInAs = async (name: RegExp): Promise<void> => {
    await page.getByRole('link', { name: /^(Entrer|Come in)$/ }).click();
    await page.getByRole('button', { name }).first().click();
    await page.waitForURL(/\/n\//);
  };
  const follow = async (name: string): Promise<void> => {
    const menu = page.locator('.menu', { has: page.getByRole('link', { name, exact: true, includeHidden: true }) });
    await menu.waitFor();
    const opener = menu.getByRole('button', { expanded: false });
    if (await opener.isVisible()) await opener.click();
    await menu.getByRole('link', { name, exact: true }).click();
  };
  return { page, context, complaints, signInAs, follow };
};
