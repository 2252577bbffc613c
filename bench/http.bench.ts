import { randomUUID } from 'node:crypto';
import autocannon from 'autocannon';
import type { EventId, StreamName } from '#kernel/id';
import { START, type EventLog, type StoredEvent } from '#event-store/log.port';
import { withContenders, type HttpContenders } from './contenders/http-contenders';
import { headersOf, type Api } from './runner/api-process';
import type { Bench, BenchResult, BenchRun } from './runner/bench';
import { percentile } from './runner/command-latency';
import { pacedRequests, type PacedRequest } from './runner/paced-requests';
import { interleaved, perSecond, rounded } from './runner/rounds';

const MAX_CONCURRENCY = 50;
/** The end of a round is noticed at a sample. */
const SAMPLE_MS = 20;
/** A round lasts long enough to be measured. */
const NOOPS_A_COMMAND = 4;

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

const load = async (options: autocannon.Options, amount: number): Promise<autocannon.Result> => {
  const result = await autocannon({ ...options, connections: MAX_CONCURRENCY, amount, timeout: 30, sampleInt: SAMPLE_MS });
  const { errors, non2xx, '2xx': answered } = result;
  if (errors > 0 || non2xx > 0 || answered < amount) throw new Error(`${errors} errors, ${non2xx} refusals in ${amount} requests`);
  return result;
};

const fire = (options: autocannon.Options, amount: number): Promise<number> =>
  perSecond(amount, async () => void (await load(options, amount)));

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

interface Drafts {
  readonly url: string;
  readonly requests: PacedRequest[];
}

/** Drafts of fifty members of one API. */
const draftsFor = async ({ url, network, token }: Api): Promise<Drafts> => {
  const tokens = await Promise.all(Array.from({ length: MAX_CONCURRENCY }, (_, index) => token(`member-${index}`, 'member')));
  const path = `${new URL(network).pathname}/offers/drafts`;
  return { url, requests: tokens.map((one) => ({ method: 'POST', path, headers: headersOf(one), body: DRAFT })) };
};

/** As many a second as `perSecond`, evenly: autocannon, told a rate, sends a second's share at once, and then waits. */
const p99At = async ({ url, requests }: Drafts, perSecond: number, amount: number): Promise<number> =>
  percentile(await pacedRequests(url, requests, { perSecond, amount, connections: MAX_CONCURRENCY }), 0.99);

const measure = async ({ api, before, log, bareUrl }: HttpContenders, run: BenchRun): Promise<BenchResult> => {
  const [drafts, draftsBefore] = [await draftsFor(api), await draftsFor(before)];
  for (const each of [drafts, draftsBefore]) await fire(each, MAX_CONCURRENCY);
  const draft = await firstDraft(log);
  const noops = run.size * NOOPS_A_COMMAND;
  const figures = await interleaved(
    {
      commandsPerSecond: () => fire(drafts, run.size),
      commandsBeforePerSecond: () => fire(draftsBefore, run.size),
      appendsPerSecond: () => perSecond(run.size, () => appendLike(log, draft, run.size)),
      noopPerSecond: () => fire({ url: `${api.url}/health/live` }, noops),
      nestPerSecond: () => fire({ url: `${bareUrl}/health/live` }, noops),
    },
    run,
  );
  const {
    commandsPerSecond: commands,
    commandsBeforePerSecond: earlier,
    appendsPerSecond: appends,
    noopPerSecond,
    nestPerSecond,
  } = figures;
  const p99Ms = await p99At(drafts, commands / 2, run.size);
  return {
    figures: { ...figures, p99AtHalfLoadMs: rounded(p99Ms) },
    ratios: {
      toBefore: rounded(commands / earlier),
      toAppend: rounded(commands / appends),
      noopToNest: rounded(noopPerSecond / nestPerSecond),
    },
  };
};

export const httpBench: Bench = {
  name: 'http',
  about:
    'commands (drafting an offer) over HTTP by 50 at once, beside those of commit 694c4ce and appends of the same event; ' +
    'a route that does nothing, beside Nest and Fastify alone; size: commands a round',
  defaultSize: 3000,
  run: (run) => withContenders(run, (contenders) => measure(contenders, run)),
};
