import { randomUUID } from 'node:crypto';
import autocannon from 'autocannon';
import type { EventId, StreamName } from '#kernel/id';
import { START, type EventLog, type StoredEvent } from '#event-store/log.port';
import { PostgresLog } from '#event-store/postgres/postgres-log';
import { headersOf, installedPlace, openNetwork, startApi, type Api } from './runner/api-process';
import type { Bench, BenchResult, BenchRun } from './runner/bench';
import { benchDatabase } from './runner/bench-database';
import { interleaved, perSecond, rounded } from './runner/rounds';

const MAX_CONCURRENCY = 50;
/** The end of a round is noticed at a sample. */
const SAMPLE_MS = 20;

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

const measure = async ({ url, network, token }: Api, log: EventLog, run: BenchRun): Promise<BenchResult> => {
  const tokens = await Promise.all(Array.from({ length: MAX_CONCURRENCY }, (_, index) => token(`member-${index}`, 'member')));
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

const withApi = async (databaseUrl: string, run: BenchRun): Promise<BenchResult> => {
  const place = installedPlace(databaseUrl);
  try {
    const api = await startApi(place, { networkId: randomUUID(), letsSignIn: false, signal: run.signal });
    const log = await PostgresLog.open(databaseUrl);
    try {
      await openNetwork(api);
      return await measure(api, log, run);
    } finally {
      await log.close();
      await api.stop();
    }
  } finally {
    place.remove();
  }
};

export const httpBench: Bench = {
  name: 'http',
  about: 'commands (drafting an offer) over HTTP by 50 at once, beside appends of the same event by 50 at once; size: commands a round',
  defaultSize: 3000,
  run: async (run) => {
    const database = await benchDatabase();
    try {
      return await withApi(database.url, run);
    } finally {
      await database.drop();
    }
  },
};
