import { writeIdentities } from '#apps/api/start/identities';
import { openForDemo } from '#apps/demo/open-for-demo';
import { playDemo, type DemoSummary } from '#apps/demo/play-demo';
import { openInstallation, type Installation } from '#apps/installation/installation';
import type { Settings } from '#apps/installation/settings';
import type { RecordedEvent } from '#event-store/codec.port';
import { START } from '#event-store/log.port';
import { instantAt } from '#kernel/instant';
import { directoryModel } from '#projections/directory/directory.table';
import { readModels } from '#projections/read-models';
import { startRuntime } from '#read-store/subscriptions/runtime';
import { intoNetwork } from '#testing/networks/demo-mix';
import type { BenchRun } from '../runner/bench';

/** Of the demo that is played: a network is made of copies of it, and 1,500 and 20,000 are whole numbers of them. */
const PLAYED = { members: 125, months: 3 } as const;
/** Copies lie this much apart, so that what is new is not the same a hundred times. */
const SPREAD_DAYS = 84;
const DAY = 86_400_000;
const AT_ONCE = 50;
/** What a network has one of. */
const NOT_COPIED = /^(?:network|audit|operations)-/;

export interface Populated {
  readonly networkId: string;
  /** Of a member whose history ends today. */
  readonly subject: string;
  readonly entries: number;
}

const quietly = { warn: () => undefined };

/** It ends so long ago that the last copy ends today. */
const play = async (settings: Settings, { seed, signal }: BenchRun): Promise<DemoSummary> => {
  const installation = await openForDemo(settings, quietly);
  try {
    const until = instantAt((Math.floor(Date.now() / DAY) - SPREAD_DAYS) * DAY);
    const played = await playDemo(installation, { ...PLAYED, seed, signal, until });
    await writeIdentities(installation, played.networkId, played.identities);
    return played;
  } finally {
    await installation.close();
  }
};

/** With texts in clear. */
const copied = async ({ log, codec }: Installation): Promise<readonly RecordedEvent[]> => {
  const events: RecordedEvent[] = [];
  for await (const stored of log.readAll({ after: START })) if (!NOT_COPIED.test(stored.stream)) events.push(await codec.reveal(stored));
  return events;
};

const DATES = /\b\d{4}-\d\d-\d\d\b/g;

const later = (days: number): ((text: string) => string) => {
  const moved = new Map<string, string>();
  const dateFor = (date: string): string =>
    moved.get(date) ?? (moved.set(date, new Date(Date.parse(date) + days * DAY).toISOString().slice(0, 10)), moved.get(date)!);
  return (text) => text.replace(DATES, dateFor);
};

/** Other people of the same network, who did the same some days later. */
const copyNumber = (copy: number, { of, networkId }: { readonly of: number; readonly networkId: string }) => {
  const [move, delay] = [intoNetwork(copy, [networkId]), later(Math.round((copy * SPREAD_DAYS) / (of - 1)))];
  return (text: string): string => delay(move(text));
};

/** Copies of the network's history beside it: each in its order, many at once. */
const multiply = async (installation: Installation, networkId: string, { size, signal, progress }: BenchRun): Promise<void> => {
  const { log, codec } = installation;
  const history = JSON.stringify(await copied(installation));
  const of = copiesFor(size);
  let next = 1;
  const worker = async (): Promise<void> => {
    for (let copy = next++; copy < of; copy = next++) {
      for (const { type, data, meta } of JSON.parse(copyNumber(copy, { of, networkId })(history)) as readonly RecordedEvent[]) {
        signal.throwIfAborted();
        // what was decoded fits its own schema
        const event = await codec.encode({ event: { type, data } as never, meta });
        const { outcome } = await log.append(meta.stream, 'any', [event]);
        if (outcome !== 'appended') throw new Error(`an append answered ${outcome}`);
      }
      progress(`${(copy + 1) * PLAYED.members} members`);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
};

const copiesFor = (size: number): number => Math.max(2, Math.ceil(size / PLAYED.members));

/** One of the last copy can sign in, too. */
const letIn = async ({ keys }: Installation, { networkId, identities }: DemoSummary, size: number): Promise<string> => {
  const { subject } = identities.find(({ roles }) => roles.includes('member'))!;
  const [of, memberId] = [copiesFor(size), (await keys.find(networkId, subject))!];
  await keys.register(networkId, 'bench', copyNumber(of - 1, { of, networkId })(memberId));
  return 'bench';
};

const entriesOf = ({ readStore }: Installation): Promise<number> =>
  readStore
    .read([directoryModel], (tx, tableOf) =>
      tx
        .selectFrom(tableOf(directoryModel))
        .select(({ fn }) => fn.countAll<string>().as('count'))
        .where('kind', '<>', 'member')
        .where('listed', '=', true)
        .executeTakeFirstOrThrow(),
    )
    .then(({ result }) => Number(result.count));

/**
 * A demo's network of `size` members in an empty database, told by copies of a smaller one's events: through the codec, log and read models.
 * Processes have not followed the copies: whoever serves it starts none.
 */
export const populate = async (settings: Settings, run: BenchRun): Promise<Populated> => {
  const played = await play(settings, run);
  const { networkId } = played;
  run.progress(`a demo of ${PLAYED.members} members`);
  const installation = await openInstallation(settings, quietly);
  try {
    await multiply(installation, networkId, run);
    const subject = await letIn(installation, played, run.size);
    const { log, codec, pool, clock } = installation;
    const runtime = await startRuntime({ log, codec, pool, clock, readModels, processes: [], mode: 'driven' });
    await runtime.drain();
    await runtime.stop();
    await pool.query('vacuum (analyze)');
    const entries = await entriesOf(installation);
    run.progress(`${entries} entries in the directory`);
    return { networkId, subject, entries };
  } finally {
    await installation.close();
  }
};
