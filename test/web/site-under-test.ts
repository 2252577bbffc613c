import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Pool } from 'pg';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import type { PersonRole } from '#apps/installation/access';
import { developmentIdentities } from '#apps/installation/development-identities';
import { readSettings } from '#apps/installation/settings';
import { personAt, type Person } from '#test/e2e/harness/person-at';
import { templateDatabase, testDatabase } from '#testing/test-database';
import { openBrowser } from './browser';
import { choosePerson } from './play';

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
  /** Beside the browser, by a token. */
  person(subject: string, roles?: readonly PersonRole[]): Promise<Person>;
  /** A browser of its own at the site's first page. What its console says is an error of the test. */
  visit(look?: Look): Promise<Visitor>;
  /** The power is cut for the API: nothing of it ends in order. */
  kill(): Promise<void>;
  /** At the address that it had. */
  startAgain(): Promise<void>;
  /** Where the log and the sessions are. */
  readonly database: Pool;
  close(): Promise<void>;
}

export interface Visitor {
  readonly page: Page;
  readonly context: BrowserContext;
  /** Refused by the Content-Security-Policy, thrown by a script, or written to the console as an error. */
  readonly complaints: readonly string[];
  /** On the development provider's page: by the button of that name, or by the subject that a token would have. */
  signInAs(who: RegExp | string): Promise<void>;
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

interface Surroundings {
  readonly database: string;
  readonly folder: string;
  readonly port: string;
}

const launch = ({ database, folder, port }: Surroundings, args: readonly string[]): ChildProcess =>
  spawn(process.execPath, ['dist/apps/api/start.js', ...args], {
    cwd: process.cwd(),
    env: { ...process.env, DATABASE_URL: database, SAVOIRS_DATA: folder, PORT: port, NODE_ENV: '', LOG_LEVEL: 'silent' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });

const end = async (child: ChildProcess, signal: NodeJS.Signals): Promise<void> => {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill(signal);
  await once(child, 'exit');
};

const DAY_MS = 86_400_000;

/** A demo as `npm start` plays it, once in a run and day for all who ask for the same: names its database and its data folder, to copy. */
const playedDemo = async (args: readonly string[]): Promise<{ readonly template: string; readonly played: string }> => {
  const template = `demo_${args.join('').replaceAll(/\W+/g, '_')}_${Math.floor(Date.now() / DAY_MS)}`;
  const played = join(process.env['SAVOIRS_TEST_FOLDER']!, template);
  await templateDatabase(template, async (database) => {
    mkdirSync(played, { recursive: true });
    const child = launch({ database, folder: played, port: '0' }, args);
    try {
      await readyAt(child);
    } finally {
      await end(child, 'SIGTERM');
    }
  });
  return { template, played };
};

/** On a server of one's own nothing may stay behind: there, and where nothing is played, each site begins empty. */
const isCopied = (args: readonly string[]): boolean => process.env['SAVOIRS_TEST_FOLDER'] !== undefined && !args.includes('--empty');

/** `npm start` as a newcomer has it, with a small demo, on a database of its own: a copy, where the demo was played before. */
export const startSite = async (args: readonly string[] = ['--members', '12', '--months', '1']): Promise<SiteUnderTest> => {
  const demo = isCopied(args) ? await playedDemo(args) : null;
  const database = await testDatabase(demo?.template);
  const folder = mkdtempSync(join(tmpdir(), 'savoirs-site-'));
  if (demo) cpSync(demo.played, folder, { recursive: true });
  const at = (port: string): Surroundings => ({ database: database.url, folder, port });
  let child = launch(at('0'), args);
  const [url, browser] = await Promise.all([readyAt(child), openBrowser()]);
  const identities = await developmentIdentities(readSettings({ DATABASE_URL: database.url, SAVOIRS_DATA: folder }));
  const networkId = /^BASE=.*\/(.+)$/m.exec(readFileSync(join(folder, 'tokens.env'), 'utf8'))![1]!;
  return {
    url,
    person: async (subject, roles = ['member']) =>
      personAt(url, networkId, { subject, token: await identities.token(subject, { [networkId]: roles }) }),
    visit: (look) => visit(browser, url, look),
    kill: () => end(child, 'SIGKILL'),
    startAgain: async () => {
      child = launch(at(new URL(url).port), args);
      await readyAt(child);
    },
    database: database.pool,
    close: async () => {
      await browser.close();
      await end(child, 'SIGTERM');
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
  const signInAs = async (who: RegExp | string): Promise<void> => {
    await page.getByRole('link', { name: /^(Entrer|Come in)$/ }).click();
    await choosePerson(page, who);
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
