import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import autocannon from 'autocannon';
import type { EventId, StreamName } from '#kernel/id';
import type { PersonRole } from '#apps/installation/access';
import { developmentIdentities } from '#apps/installation/development-identities';
import { readSettings } from '#apps/installation/settings';
import { START, type EventLog, type StoredEvent } from '#event-store/log.port';
import { PostgresLog } from '#event-store/postgres/postgres-log';
import { freePort } from '#testing/processes/free-port';
import { keptAlive } from '#testing/processes/kept-alive';
import type { Bench, BenchResult, BenchRun } from './runner/bench';
import { benchDatabase } from './runner/bench-database';
import { interleaved, perSecond, rounded } from './runner/rounds';

const MAX_CONCURRENCY = 50;
/** The end of a round is noticed at a sample. */
const SAMPLE_MS = 20;
const START_MS = 60_000;

const DRAFT = JSON.stringify({
  content: {
    wording: 'Construire un tableau croisé à partir de ses propres données, et savoir le relire un mois plus tard',
    topic: { text: 'Tableaux croisés dynamiques', uri: 'urn:savoirs:topic:spreadsheet-pivot-tables' },
    level: 'beginner',
    language: 'fr',
    place: 'either',
    site: 'LYON',
    availability: ['tue-am', 'thu-pm'],
    declaredProfessional: true,
  },
});

/** The API in a process of its own, as in use, its projector apart; and people with tokens. */
interface Api {
  readonly url: string;
  readonly network: string;
  readonly tokens: readonly string[];
  stop(): Promise<void>;
}

const headersOf = (token: string) => ({ authorization: `Bearer ${token}`, 'content-type': 'application/json' });

const untilReady = async (url: string, signal: AbortSignal): Promise<void> => {
  for (const deadline = Date.now() + START_MS; Date.now() < deadline; await pause(50)) {
    signal.throwIfAborted();
    const ready = await fetch(`${url}/health/ready`).catch(() => null);
    if (ready?.ok) return;
  }
  throw new Error('the API was not ready in time');
};

const startApi = async (databaseUrl: string, signal: AbortSignal): Promise<Api> => {
  const folder = mkdtempSync(join(tmpdir(), 'savoirs-bench-'));
  const port = await freePort();
  const { PATH, HOME, TMPDIR } = process.env;
  const env = {
    ...{ PATH, HOME, TMPDIR, DATABASE_URL: databaseUrl, SAVOIRS_DATA: folder, PORT: String(port), HOST: '127.0.0.1' },
    ...{ SAVOIRS_PROJECTOR: '0', SAVOIRS_REQUESTS_PER_MINUTE: '1000000' },
  };
  const identities = await developmentIdentities(readSettings(env));
  const child = keptAlive('the API', 'apps/api/main', env);
  child.start();
  const stop = async (): Promise<void> => {
    await child.stop();
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    const [url, networkId] = [`http://127.0.0.1:${port}`, randomUUID()];
    await untilReady(url, signal);
    const token = (subject: string, role: PersonRole) => identities.token(subject, { [networkId]: [role] });
    const network = `${url}/networks/${networkId}`;
    const opened = await fetch(network, {
      method: 'POST',
      headers: headersOf(await token('lead', 'network-lead')),
      body: '{"label":"Lyon"}',
    });
    if (!opened.ok) throw new Error(`opening a network answered ${opened.status}`);
    const tokens = await Promise.all(Array.from({ length: MAX_CONCURRENCY }, (_, index) => token(`member-${index}`, 'member')));
    return { url, network, tokens, stop };
  } catch (fault) {
    await stop();
    throw fault;
  }
};

const fire = (options: autocannon.Options, amount: number): Promise<number> =>
  perSecond(amount, async () => {
    const {
      errors,
      non2xx,
      '2xx': answered,
    } = await autocannon({ ...options, connections: MAX_CONCURRENCY, amount, timeout: 30, sampleInt: SAMPLE_MS });
    if (errors > 0 || non2xx > 0 || answered < amount) throw new Error(`${errors} errors, ${non2xx} refusals in ${amount} requests`);
  });

/** What the API's commands wrote, once more on streams of its own: one event each, after nothing. */
const appendLike = async (log: EventLog, { type, version, meta, data }: StoredEvent, amount: number): Promise<void> => {
  let left = amount;
  const worker = async (): Promise<void> => {
    while (left-- > 0) {
      const event = { eventId: randomUUID() as EventId, type, version, meta, data };
      const { outcome } = await log.append(`offer-${randomUUID()}` as StreamName, 'none', [event]);
      if (outcome !== 'appended') throw new Error(`an append answered ${outcome}`);
    }
  };
  await Promise.all(Array.from({ length: MAX_CONCURRENCY }, worker));
};

const firstDraft = async (log: EventLog): Promise<StoredEvent> => {
  for await (const event of log.readAll({ after: START, filter: { types: ['OfferDrafted'] }, limit: 1 })) return event;
  throw new Error('no draft was written');
};

const measure = async ({ url, network, tokens }: Api, log: EventLog, run: BenchRun): Promise<BenchResult> => {
  const requests = tokens.map((token) => ({
    method: 'POST' as const,
    path: `${new URL(network).pathname}/offers/drafts`,
    headers: headersOf(token),
    body: DRAFT,
  }));
  await fire({ url, requests }, MAX_CONCURRENCY);
  const draft = await firstDraft(log);
  const figures = await interleaved(
    {
      commandsPerSecond: () => fire({ url, requests }, run.size),
      appendsPerSecond: () => perSecond(run.size, () => appendLike(log, draft, run.size)),
      noopPerSecond: () => fire({ url: `${url}/health/live` }, run.size),
    },
    run,
  );
  return { figures, ratios: { toAppend: rounded(figures.commandsPerSecond / figures.appendsPerSecond) } };
};

export const httpBench: Bench = {
  name: 'http',
  about: 'commands (drafting an offer) over HTTP by 50 at once, beside appends of the same event by 50 at once; size: commands a round',
  defaultSize: 3000,
  run: async (run) => {
    const database = await benchDatabase();
    try {
      const api = await startApi(database.url, run.signal);
      const log = await PostgresLog.open(database.url);
      try {
        return await measure(api, log, run);
      } finally {
        await log.close();
        await api.stop();
      }
    } finally {
      await database.drop();
    }
  },
};
