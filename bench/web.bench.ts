import type { Browser } from 'playwright-core';
import { readSettings } from '#apps/installation/settings';
import { openBrowser } from '#test/web/browser';
import { answersFor, askFor, DASHBOARDS } from './contenders/page-answers';
import { serveStatic } from './contenders/static-page';
import { populate } from './data/populated-network';
import { headersOf, installedPlace, startApi, type Api } from './runner/api-process';
import type { Bench, BenchResult, BenchRun } from './runner/bench';
import { benchDatabase } from './runner/bench-database';
import { signedIn, visit, type Weight } from './runner/page-visit';
import { interleaved, median, rounded, type Contender } from './runner/rounds';

const SEARCHES = [
  ...['tableur', 'prise de parole', 'messagerie', 'gestion', 'redaction'],
  ...['acessibilité', 'montage vidéo', 'calendrier', 'images', 'langage clair'],
];
const SEARCHES_A_ROUND = 50;
const KB = 1000;

const PAGES = { member: '', directory: '/directory' } as const;
type PageName = keyof typeof PAGES;
const IS_READY = '.page li .card';

interface Scene {
  readonly api: Api;
  readonly browser: Browser;
  readonly member: string;
}

const searchP95Ms =
  ({ network, token }: Api, member: string): Contender =>
  async () => {
    const headers = headersOf(await token(member, 'member'));
    const times: number[] = [];
    for (let at = 0; at < SEARCHES_A_ROUND; at++) {
      const text = encodeURIComponent(SEARCHES[at % SEARCHES.length]!);
      const start = process.hrtime.bigint();
      const response = await fetch(`${network}/directory?text=${text}&limit=20`, { headers });
      await response.arrayBuffer();
      if (!response.ok) throw new Error(`a search answered ${response.status}`);
      times.push(Number(process.hrtime.bigint() - start) / 1e6);
    }
    return times.sort((a, b) => a - b)[Math.ceil(times.length * 0.95) - 1]!;
  };

/** Whoever opens a dashboard first waits for figures that nobody asked for yet. */
const firstAnswers = async (api: Api): Promise<Readonly<Record<string, number>>> => {
  const first: [string, number][] = [];
  for (const [name, asked] of Object.entries(DASHBOARDS)) first.push([`${name}FirstMs`, rounded(await askFor(api, asked))]);
  return Object.fromEntries(first);
};

/** What does not change from visit to visit. */
const weightsOf = (weights: Readonly<Record<PageName, Weight>>): Readonly<Record<string, number>> =>
  Object.fromEntries(
    Object.entries(weights).flatMap(([name, { bytes, scriptBytes, requests }]) => [
      [`${name}KB`, rounded(bytes / KB)],
      [`${name}ScriptKB`, rounded(scriptBytes / KB)],
      [`${name}Requests`, requests],
    ]),
  );

const visitsOf = async ({ api, browser, member }: Scene) => {
  const who = await signedIn(browser, api.url, member);
  const home = `${api.url}/n/${new URL(api.network).pathname.split('/').pop()}`;
  const open = (name: PageName, isOnPhone: boolean) => visit(browser, { url: `${home}${PAGES[name]}`, isReady: IS_READY, who, isOnPhone });
  const weights = { member: (await open('member', false)).weight, directory: (await open('directory', false)).weight };
  const serverMs: Record<PageName, number[]> = { member: [], directory: [] };
  const onLoopback = (name: PageName) => async (): Promise<number> => {
    const { ms, weight } = await open(name, false);
    serverMs[name].push(weight.serverMs);
    return ms;
  };
  const onPhone = (name: PageName) => async (): Promise<number> => (await open(name, true)).ms;
  return { weights, serverMs, onLoopback, onPhone };
};

const measure = async ({ api, browser, member }: Scene, run: BenchRun): Promise<BenchResult> => {
  const first = await firstAnswers(api);
  const { weights, serverMs, onLoopback, onPhone } = await visitsOf({ api, browser, member });
  const plain = await serveStatic(weights.member.bytes);
  const answers = Object.entries({ ...answersFor(member), ...DASHBOARDS }).map(
    ([name, asked]) => [`${name}Ms`, () => askFor(api, asked)] as const,
  );
  try {
    const pages = {
      memberOnPhoneMs: onPhone('member'),
      staticOnPhoneMs: async () => (await visit(browser, { url: plain.url, isReady: 'h1', isOnPhone: true })).ms,
      directoryOnPhoneMs: onPhone('directory'),
      memberPageMs: onLoopback('member'),
      directoryPageMs: onLoopback('directory'),
      searchP95Ms: searchP95Ms(api, member),
    };
    const figures = await interleaved<string>({ ...pages, ...Object.fromEntries(answers) }, run);
    const server = Object.entries(serverMs).map(([name, all]) => [`${name}PageServerMs`, rounded(median(all))]);
    return {
      figures: { ...figures, ...weightsOf(weights), ...Object.fromEntries(server), ...first },
      ratios: { toStatic: rounded(figures['memberOnPhoneMs']! / figures['staticOnPhoneMs']!) },
    };
  } finally {
    plain.close();
  }
};

const withApi = async (databaseUrl: string, run: BenchRun): Promise<BenchResult> => {
  const place = installedPlace(databaseUrl);
  try {
    const { networkId, subject, entries } = await populate(readSettings(place.env), run);
    const api = await startApi(place, { networkId, letsSignIn: true, signal: run.signal });
    try {
      const browser = await openBrowser();
      try {
        const { figures, ratios } = await measure({ api, browser, member: subject }, run);
        return { figures: { entries, ...figures }, ratios };
      } finally {
        await browser.close();
      }
    } finally {
      await api.stop();
    }
  } finally {
    place.remove();
  }
};

export const webBench: Bench = {
  name: 'web',
  about:
    "the member's page and the directory in a browser, beside a static page of the same weight, and what pages ask of the server; size: members",
  defaultSize: 1500,
  run: async (run) => {
    const database = await benchDatabase();
    try {
      return await withApi(database.url, run);
    } finally {
      await database.drop();
    }
  },
};
