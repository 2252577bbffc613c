import type { Browser, BrowserContext, Page } from 'playwright-core';
import { choosePerson } from '#test/web/play';

/** A phone on a slow mobile network, as Lighthouse has it. */
const PHONE = { offline: false, latency: 150, downloadThroughput: (1.6 * 1024 * 1024) / 8, uploadThroughput: (750 * 1024) / 8 };

/** What a page brought over the wire. */
export interface Weight {
  readonly bytes: number;
  readonly scriptBytes: number;
  readonly requests: number;
  /** Of all that the API answered: from the last byte asked to the first byte answered. */
  readonly serverMs: number;
}

/** Once `isReady` is there, the page can be used. */
export interface Visit {
  readonly url: string;
  readonly isReady: string;
  readonly isOnPhone: boolean;
  readonly who?: Cookies;
}

type Cookies = Awaited<ReturnType<BrowserContext['storageState']>>;

/** As a member who was here before. */
export const signedIn = async (browser: Browser, url: string, subject: string): Promise<Cookies> => {
  const context = await browser.newContext({ locale: 'fr-FR' });
  const page = await context.newPage();
  await page.goto(`${url}/sign-in?returnTo=/`);
  await choosePerson(page, subject);
  const cookies = await context.storageState();
  await context.close();
  return cookies;
};

/** With an empty cache: milliseconds from the navigation's start, by the page's own clock. */
export const visit = async (
  browser: Browser,
  { url, isReady, isOnPhone, who }: Visit,
): Promise<{ readonly ms: number; readonly weight: Weight }> => {
  const context = await browser.newContext({
    viewport: { width: 390, height: 844 },
    locale: 'fr-FR',
    ...(who ? { storageState: who } : {}),
  });
  const page = await context.newPage();
  const cdp = await context.newCDPSession(page);
  await cdp.send('Network.enable');
  if (isOnPhone) await cdp.send('Network.emulateNetworkConditions', PHONE);
  const weight = weighing(cdp);
  await page.goto(url, { waitUntil: 'commit' });
  const ms = await readyAt(page, isReady);
  const found = { ms, weight: weight() };
  await context.close();
  return found;
};

interface InPage {
  readonly document: { readonly readyState: string; querySelector(selector: string): unknown };
}

/** The frame in which it is there: the main thread answers. */
const readyAt = async (page: Page, selector: string): Promise<number> => {
  const handle = await page.waitForFunction(
    (wanted) => {
      const { document } = globalThis as unknown as InPage;
      return document.readyState === 'complete' && document.querySelector(wanted) !== null && performance.now();
    },
    selector,
    { polling: 'raf', timeout: 60_000 },
  );
  return Number(await handle.jsonValue());
};

type Cdp = Awaited<ReturnType<ReturnType<Page['context']>['newCDPSession']>>;

const weighing = (cdp: Cdp): (() => Weight) => {
  const types = new Map<string, string>();
  const finished = new Map<string, number>();
  let serverMs = 0;
  cdp.on('Network.responseReceived', ({ requestId, type, response: { timing, url } }) => {
    types.set(requestId, type);
    if (timing && /\/(networks|session)/.test(new URL(url).pathname)) serverMs += timing.receiveHeadersEnd - timing.sendEnd;
  });
  cdp.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => void finished.set(requestId, encodedDataLength));
  const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
  return () => ({
    bytes: sum([...finished.values()]),
    scriptBytes: sum([...finished].filter(([id]) => types.get(id) === 'Script').map(([, bytes]) => bytes)),
    requests: finished.size,
    serverMs,
  });
};
