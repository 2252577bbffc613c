import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Locator } from 'playwright-core';
import { violationsOf } from './accessibility';
import { startSite, type SiteUnderTest } from './site-under-test';

const WORDS = {
  fr: {
    facilitator: /^animation/,
    rounds: 'Tours d’appariement',
    past: 'Les tours passés',
    explain: 'Expliquer ce tour',
    served: /demandes? servies?\./,
    gate: /de plus seraie?n?t servies?|n’en servirait plus/,
    why: /Aucune autre offre n’était ouverte|offre de|qu’avec|que celui de/,
    would: /servirait|serviraient|serait servie|ne la servirait/,
    lacking: 'Ce qui manque',
    table: 'Thèmes où des personnes manquent',
    csv: 'Exporter en CSV',
  },
  en: {
    facilitator: /facilitator/,
    rounds: 'Matching rounds',
    past: 'Past rounds',
    explain: 'Explain this round',
    served: /requests? served\./,
    gate: /more would be served|would serve more/,
    why: /No other offer was open|The offer of|than with|than that of/,
    would: /would serve|would be served/,
    lacking: 'What is lacking',
    table: 'Topics on which people are lacking',
    csv: 'Export as CSV',
  },
} as const;

/** Each try is solved anew: a slow machine takes its time. */
const SOLVED_MS = 100_000;

/** It is asked for again. */
const STILL_SOLVING = /\b503\b/;

/** A round that found matches and left requests alone: which one does differs with the day on which the demo is played. */
const roundWithBoth = async (past: Locator): Promise<Locator> => {
  await past.getByRole('link').first().waitFor();
  for (const row of await past.getByRole('row').all()) {
    const [matched, unmatched] = (await row.getByRole('cell').allTextContents()).slice(-2).map(Number);
    if (matched && unmatched) return row.getByRole('link');
  }
  throw new Error('no round has both');
};

const PICTURES = join(__dirname, 'pictures');

describe('a round explained to a facilitator', () => {
  let site: SiteUnderTest;
  beforeAll(async () => void (site = await startSite(['--members', '40', '--months', '2'])), 300_000);
  afterAll(() => site?.close());

  describe.each([
    ['fr', 1280, 'light'],
    ['en', 390, 'dark'],
  ] as const)('in %s at %i pixels, %s', (language, width, theme) => {
    const words = WORDS[language];
    const picture = (name: string): string => join(PICTURES, `${name}-${language}-${theme}-${width}.png`);

    it('says in sentences what gates cost, why each match, and what would serve what was left (R18)', async () => {
      const { page, signInAs, follow, complaints } = await site.visit({ language, width, theme });
      await signInAs(words.facilitator);
      await page.goto(`${new URL(page.url()).origin}${new URL(page.url()).pathname.split('/').slice(0, 3).join('/')}/facilitation`);
      await follow(words.rounds);
      const past = page.getByRole('region', { name: words.past });
      await (await roundWithBoth(past)).click();
      await page.getByRole('button', { name: words.explain }).click();
      await page.getByText(words.served).first().waitFor({ timeout: SOLVED_MS });
      await page.getByText(words.gate).first().waitFor({ timeout: SOLVED_MS });
      await page.getByText(words.why).first().waitFor({ timeout: SOLVED_MS });
      const left = page.locator('details', { has: page.locator('ul') }).last();
      await left.locator('summary').click();
      await left.getByText(words.would).first().waitFor();
      expect(await violationsOf(page)).toEqual([]);
      await page.screenshot({ path: picture('round-explained'), fullPage: true });
      expect(complaints.filter((one) => !STILL_SOLVING.test(one))).toEqual([]);
    }, 300_000);

    it('shows where people are lacking, as a table and as a file (R18)', async () => {
      const { page, signInAs, follow, complaints } = await site.visit({ language, width, theme });
      await signInAs(words.facilitator);
      await page.goto(`${new URL(page.url()).origin}${new URL(page.url()).pathname.split('/').slice(0, 3).join('/')}/facilitation`);
      await follow(words.lacking);
      const table = page.getByRole('region', { name: words.table }).getByRole('table');
      await table.waitFor();
      const rows = (await table.getByRole('row').count()) - 1;
      expect(rows).toBeGreaterThan(0);
      const [file] = await Promise.all([
        page.waitForEvent('download', { timeout: SOLVED_MS }),
        page.getByRole('button', { name: words.csv }).click(),
      ]);
      const lines = readFileSync(await file.path(), 'utf8')
        .trim()
        .split('\n');
      expect(lines[0]).toBe('topic_uri,topic,level,language,waiting,givers,more_givers,would_serve');
      expect(lines).toHaveLength(rows + 1);
      expect(await violationsOf(page)).toEqual([]);
      await page.screenshot({ path: picture('scarcity'), fullPage: true });
      expect(complaints.filter((one) => !STILL_SOLVING.test(one))).toEqual([]);
    }, 300_000);
  });
});
