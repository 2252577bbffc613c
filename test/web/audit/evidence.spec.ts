import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import type { Bundle } from '#audit/bundle/bundle';
import { bundleText } from '#audit/bundle/make-bundle';
import { verifyBundle } from '#audit/bundle/verify-bundle';
import { verifierKeyText } from '#audit/notes/note-key';
import { seededRandom } from '#apps/demo/seeded-random';
import { logKey, signedLog } from '#test/checks/tamper/signed-log';
import { eventually } from '#test/e2e/harness/asking';
import { bundleOf } from '#test/checks/verifiers/bundles';
import { violationsOf } from '../accessibility';
import { faultsOf } from '../every-page';
import { closedExchange } from './closed-exchange';
import { startSite, type SiteUnderTest } from '../site-under-test';

const PICTURES = join(__dirname, '../pictures');

const WORDS = {
  fr: {
    auditor: /^audit/,
    motive: 'Motif',
    replay: 'Rejouer',
    export: 'Exporter la preuve',
    proofs: 'Preuves',
    proven: /^Prouvé/,
    nothing: /^Ce fichier ne prouve rien/,
    keys: 'Clés que vous connaissez',
    known: 'celle que vous connaissez',
    taken: 'prise du fichier',
    event: /événement 1 du fichier/,
    none: /^La ligne 1 n’est pas une clé/,
  },
  en: {
    auditor: /^auditor/,
    motive: 'Motive',
    replay: 'Replay',
    export: 'Export the evidence',
    proofs: 'Proofs',
    proven: /^Proven/,
    nothing: /^This file proves nothing/,
    keys: 'Keys that you know',
    known: 'the one that you know',
    taken: 'taken from the file',
    event: /event 1 of the file/,
    none: /^Line 1 is no key/,
  },
} as const;

/** As a hand does it with a file from its desk. */
const drop = async (page: Page, name: string, text: string): Promise<void> => {
  const held = await page.evaluateHandle(
    `(() => {
      const held = new DataTransfer();
      held.items.add(new File([${JSON.stringify(text)}], ${JSON.stringify(name)}, { type: 'application/json' }));
      return held;
    })()`,
  );
  await page.dispatchEvent('h1', 'drop', { dataTransfer: held });
};

describe('evidence on the auditor’s pages', () => {
  let site: SiteUnderTest;
  let bundle: Bundle;
  let exchangeId: string;
  beforeAll(async () => {
    bundle = await bundleOf(await signedLog(7, 'site', { events: 300, every: 300 }), seededRandom(3, 'site'));
    site = await startSite(['--members', '40', '--months', '3']);
    ({ exchangeId } = await closedExchange(site));
    const auditor = await site.person('demo-auditor', ['auditor']);
    // what was played before the start is signed a moment after it
    await eventually(async () => (await auditor.post(`exchanges/${exchangeId}/evidence-bundle`, { motive: 'Contrôle' })).status === 200);
  }, 180_000);
  afterAll(async () => await site?.close());

  it.each(['fr', 'en'] as const)('is exported from a replay, and proven by what was downloaded, in %s', async (language) => {
    const words = WORDS[language];
    const { page, signInAs, complaints } = await site.visit({ language });
    await signInAs(words.auditor);
    await page.waitForURL('**/audit');
    await page.goto(`${page.url()}?exchange=${exchangeId}`);
    await page.getByLabel(words.motive).fill('Contrôle annuel');
    await page.getByRole('button', { name: words.replay, exact: true }).click();
    const exporting = page.getByRole('button', { name: words.export });
    await exporting.waitFor();
    const [file] = await Promise.all([page.waitForEvent('download'), exporting.click()]);
    await page.getByRole('link', { name: words.proofs, exact: true }).last().waitFor();
    expect(await violationsOf(page)).toEqual([]);
    await page.screenshot({ path: join(PICTURES, `exported-${language}.png`), fullPage: true });
    await page.getByRole('status').getByRole('link', { name: words.proofs, exact: true }).click();
    await page.locator('input[type=file]').setInputFiles((await file.path())!);
    await page.getByText(words.proven).waitFor();
    expect(verifyBundle(readFileSync((await file.path())!, 'utf8')).events).toBeGreaterThan(5);
    expect(complaints).toEqual([]);
  });

  it.each([
    ['fr', 1280, 'light'],
    ['en', 390, 'dark'],
  ] as const)(
    'is judged by the browser alone, in %s at %i pixels, %s',
    async (language, width, theme) => {
      const words = WORDS[language];
      const { page, context, signInAs, complaints } = await site.visit({ language, width, theme });
      await signInAs(words.auditor);
      await page.waitForURL('**/audit');
      await page.goto(`${page.url()}/proofs`);
      await page.getByLabel(words.keys).waitFor();
      // what the page itself needs is there, scripts and letters, too
      await page.waitForLoadState('networkidle');
      const asked: string[] = [];
      page.on('request', (request) => asked.push(request.url()));
      await context.setOffline(true);

      await drop(page, 'evidence.json', bundleText(bundle));
      await page.getByText(words.proven).waitFor();
      await page.getByText(words.taken).waitFor();
      await page.getByLabel(words.keys).fill('no key');
      await page.getByText(words.none).waitFor();
      await page.getByLabel(words.keys).fill(verifierKeyText(logKey));
      await page.getByText(words.known).waitFor();
      expect([...(await violationsOf(page)), ...(await faultsOf(page, language))]).toEqual([]);
      await page.screenshot({ path: join(PICTURES, `proven-${language}-${theme}-${width}.png`), fullPage: true });

      const text = bundleText(bundle);
      const at = text.indexOf(bundle.events[0]!.id);
      const altered = `${text.slice(0, at)}${text[at] === '0' ? '1' : '0'}${text.slice(at + 1)}`;
      await page
        .locator('input[type=file]')
        .setInputFiles({ name: 'evidence.json', mimeType: 'application/json', buffer: Buffer.from(altered) });
      await page.getByText(words.nothing).waitFor();
      await page.getByText(words.event).waitFor();
      expect(await page.getByRole('alert').getByRole('listitem').count()).toBe(1);
      expect([...(await violationsOf(page)), ...(await faultsOf(page, language))]).toEqual([]);
      await page.screenshot({ path: join(PICTURES, `refused-${language}-${theme}-${width}.png`), fullPage: true });
      expect({ asked, complaints }).toEqual({ asked: [], complaints: [] });
    },
    120_000,
  );
});
