import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { openBrowser } from '#test/web/browser';
import { choosePerson } from '#test/web/play';
import { memberName, populate } from './data/populated-network';
import { headersOf, startApi, type Api } from './runner/api-process';
import type { Bench, BenchResult, BenchRun } from './runner/bench';
import { benchDatabase } from './runner/bench-database';
import { interleaved, median, rounded } from './runner/rounds';

/** A phone on a slow mobile network, as Lighthouse has it. */
const PHONE = { offline: false, latency: 150, downloadThroughput: (1.6 * 1024 * 1024) / 8, uploadThroughput: (750 * 1024) / 8 };
const SEARCHES = [
  'tableur',
  'prise de parole',
  'messagerie',
  'gestion',
  'redaction',
  'acessibilité',
  'montage vidéo',
  'calendrier',
  'images',
  'langage clair',
];
const SEARCHES_A_ROUND = 50;
const KB = 1000;

/** What a page brought over the wire. */
interface Weight {
  readonly bytes: number;
  readonly scriptBytes: number;
  readonly requests: number;
  /** Of all that the API answered: from the last byte asked to the first byte answered. */
  readonly serverMs: number;
}

interface Visit {
  readonly path: string;
  /** Once it is there, the page can be used. */
  readonly isReady: string;
}

const READY = {
  member: { path: '', isReady: '.page li .card' },
  directory: { path: '/directory', isReady: '.page li .card' },
} as const satisfies Record<string, Visit>;

type Cookies = Awaited<ReturnType<BrowserContext['storageState']>>;

/** As a member who was here before. */
const signedIn = async (browser: Browser, { url }: Api): Promise<Cookies> => {
  const context = await browser.newContext({ locale: 'fr-FR' });
  const page = await context.newPage();
  await page.goto(`${url}/sign-in?returnTo=/`);
  await choosePerson(page, memberName(0));
  const cookies = await context.storageState();
  await context.close();
  return cookies;
};

/** With an empty cache: milliseconds from the navigation's start, by the page's own clock. */
const visit = async (browser: Browser, url: string, isReady: string, { who, isOnPhone }: { who?: Cookies; isOnPhone: boolean }) => {
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

/** One page whose single script weighs as much as all of the other's, and does nothing. */
const serveStatic = async (bytes: number) => {
  const script = `/*${'.'.repeat(Math.max(0, bytes - 1000))}*/`;
  const page = '<!doctype html><title>-</title><script src="/all.js"></script><h1>-</h1>';
  const server = createServer(({ url }, reply) => {
    const [type, body] = url === '/all.js' ? ['text/javascript', script] : ['text/html', page];
    reply.writeHead(200, { 'content-type': type, 'cache-control': 'no-store' }).end(body);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`, close: () => void server.close() };
};

const measure = async (api: Api, browser: Browser, run: BenchRun): Promise<BenchResult> => {
  const token = await api.token(memberName(0), 'member');
  const who = await signedIn(browser, api);
  const home = `${api.url}/n/${new URL(api.network).pathname.split('/').pop()}`;
  const open = ({ path, isReady }: Visit, isOnPhone: boolean) => visit(browser, `${home}${path}`, isReady, { who, isOnPhone });
  const [member, directory] = [await open(READY.member, false), await open(READY.directory, false)];
  const plain = await serveStatic(member.weight.bytes);
  const serverMs: Record<'member' | 'directory', number[]> = { member: [], directory: [] };
  const onLoopback = (name: 'member' | 'directory') => async () => {
    const { ms, weight } = await open(READY[name], false);
    serverMs[name].push(weight.serverMs);
    return ms;
  };
  const search = async (): Promise<number> => {
    const times: number[] = [];
    for (let at = 0; at < SEARCHES_A_ROUND; at++) {
      const text = encodeURIComponent(SEARCHES[at % SEARCHES.length]!);
      const start = process.hrtime.bigint();
      const response = await fetch(`${api.network}/directory?text=${text}&limit=20`, { headers: headersOf(token) });
      await response.arrayBuffer();
      if (!response.ok) throw new Error(`a search answered ${response.status}`);
      times.push(Number(process.hrtime.bigint() - start) / 1e6);
    }
    return times.sort((a, b) => a - b)[Math.ceil(times.length * 0.95) - 1]!;
  };
  try {
    const figures = await interleaved(
      {
        memberOnPhoneMs: async () => (await open(READY.member, true)).ms,
        staticOnPhoneMs: async () => (await visit(browser, plain.url, 'h1', { isOnPhone: true })).ms,
        directoryOnPhoneMs: async () => (await open(READY.directory, true)).ms,
        memberMs: onLoopback('member'),
        directoryMs: onLoopback('directory'),
        searchP95Ms: search,
      },
      run,
    );
    return {
      figures: {
        ...figures,
        ...Object.fromEntries(
          Object.entries({ member, directory }).flatMap(([name, { weight }]) => [
            [`${name}KB`, rounded(weight.bytes / KB)],
            [`${name}ScriptKB`, rounded(weight.scriptBytes / KB)],
            [`${name}Requests`, weight.requests],
            [`${name}ServerMs`, rounded(median(serverMs[name as 'member']))],
          ]),
        ),
      },
      ratios: { toStatic: rounded(figures.memberOnPhoneMs / figures.staticOnPhoneMs) },
    };
  } finally {
    plain.close();
  }
};

export const webBench: Bench = {
  name: 'web',
  about:
    "the member's page and the directory in a browser, beside a static page of the same weight; size: members, with three entries each",
  defaultSize: 1500,
  run: async (run) => {
    const database = await benchDatabase();
    try {
      const api = await startApi(database.url, { isWhole: true, signal: run.signal });
      try {
        await populate(api, run);
        const browser = await openBrowser();
        try {
          return await measure(api, browser, run);
        } finally {
          await browser.close();
        }
      } finally {
        await api.stop();
      }
    } finally {
      await database.drop();
    }
  },
};
