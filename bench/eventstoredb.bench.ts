import { randomUUID } from 'node:crypto';
import type { StreamName } from '#kernel/id';
import { createCodec } from '#event-store/codec/codec';
import { EventStoreDbLog } from '#event-store/eventstoredb/eventstoredb-log';
import type { EventLog, Position } from '#event-store/log.port';
import { memoryKeys } from '#keys/memory-keys';
import { bareAppend, bareClient, type BareClient } from './contenders/bare-client';
import type { Bench, BenchRun } from './runner/bench';
import { eventStoreDbServer, type EventStoreDbServer } from './contenders/eventstoredb-server';
import { writeExchanges } from './data/exchange-events';
import { interleaved, perProcessorSecond, perSecond, rounded } from './runner/rounds';
import { appendAll, singleAppends } from './contenders/single-appends';

const MAX_CONCURRENCY = 50;
/** What a read model of hours and evaluations asks for: about half of an exchange's life. */
const FILTER = { types: ['SessionHeld', 'ExchangeHeld', 'TrainingHoursRecorded', 'EvaluationSubmitted'] } as const;

/** A server that lives on knows the same exchanges from an earlier run. */
const onNewStreams = (log: EventLog): Pick<EventLog, 'append'> => {
  const run = randomUUID();
  return { append: (stream, expected, events) => log.append(`${stream}-${run}` as StreamName, expected, events) };
};

/** What there is to catch up with: so many events, after a place. */
interface Caught {
  readonly after: Position;
  readonly events: number;
}

const countAfter = async (log: EventLog, after: Position): Promise<number> => {
  let events = 0;
  for await (const _event of log.readAll({ after, filter: FILTER })) events += 1;
  return events;
};

const readWhole = async (log: EventLog, { after, events }: Caught): Promise<void> => {
  const read = await countAfter(log, after);
  if (read !== events) throw new Error(`${read} events were read instead of ${events}`);
};

const catchingUp = async (log: EventLog, bare: BareClient, run: BenchRun) => {
  const after = await log.head();
  await writeExchanges(onNewStreams(log), createCodec(memoryKeys()), run.size);
  const events = await countAfter(log, after);
  run.progress(`${run.size} exchanges written; the filter lets ${events} events through`);
  const caught = { after, events };
  const figures = await interleaved(
    {
      catchUpEventsPerSecond: () => perSecond(events, () => readWhole(log, caught)),
      clientCatchUpEventsPerSecond: () => perSecond(events, () => bare.catchUp({ ...caught, filter: FILTER })),
    },
    run,
  );
  return { figures, caught };
};

/** The same log, where the server answers in gzip whoever accepts it. */
const followingCompressed = async (server: EventStoreDbServer, events: Caught, run: BenchRun) => {
  const [log, bare] = [await EventStoreDbLog.open(server.compressing), bareClient(server.compressing)];
  try {
    return await interleaved(
      {
        compressedEventsPerSecond: () => perSecond(events.events, () => readWhole(log, events)),
        clientCompressedEventsPerSecond: () => perSecond(events.events, () => bare.catchUp({ ...events, filter: FILTER })),
        compressedEventsPerProcessorSecond: () => perProcessorSecond(events.events, () => readWhole(log, events)),
        clientCompressedEventsPerProcessorSecond: () =>
          perProcessorSecond(events.events, () => bare.catchUp({ ...events, filter: FILTER })),
      },
      run,
    );
  } finally {
    await log.close();
    bare.close();
  }
};

const appending = (log: EventLog, bare: BareClient, run: BenchRun) => {
  const ours = (size: number, atOnce: number) => () => {
    const rows = singleAppends(size);
    return perSecond(size, () => appendAll(log, rows, atOnce));
  };
  const theirs = (size: number, atOnce: number) => () => {
    const rows = singleAppends(size).map(bareAppend);
    return perSecond(size, () => bare.append(rows, atOnce));
  };
  const [few, many] = [run.size, run.size * 5];
  return interleaved(
    {
      appendOnePerSecond: ours(few, 1),
      clientOnePerSecond: theirs(few, 1),
      appendFiftyPerSecond: ours(many, MAX_CONCURRENCY),
      clientFiftyPerSecond: theirs(many, MAX_CONCURRENCY),
    },
    run,
  );
};

export const eventStoreDbBench: Bench = {
  name: 'eventstoredb',
  about:
    "appends and catching up through the log in EventStoreDB, beside its bare client, also where answers come compressed (server: TEST_EVENTSTORE_URL, or the tests' double); size: appends a round (×5 for 50), and exchanges to catch up",
  defaultSize: 1000,
  run: async (run) => {
    const server = await eventStoreDbServer();
    run.progress(`server: ${server.what}`);
    try {
      const log = await EventStoreDbLog.open(server.url);
      const bare = bareClient(server.url);
      try {
        const { figures: plain, caught } = await catchingUp(log, bare, run);
        const compressed = await followingCompressed(server, caught, run);
        const figures = { ...plain, ...compressed, ...(await appending(log, bare, run)) };
        return {
          figures,
          ratios: {
            toClientOne: rounded(figures.appendOnePerSecond / figures.clientOnePerSecond),
            toClientFifty: rounded(figures.appendFiftyPerSecond / figures.clientFiftyPerSecond),
            toClientCatchUp: rounded(figures.catchUpEventsPerSecond / figures.clientCatchUpEventsPerSecond),
            toClientCompressed: rounded(figures.compressedEventsPerSecond / figures.clientCompressedEventsPerSecond),
            toClientCompressedProcessor: rounded(
              figures.compressedEventsPerProcessorSecond / figures.clientCompressedEventsPerProcessorSecond,
            ),
          },
        };
      } finally {
        await log.close();
        bare.close();
      }
    } finally {
      await server.stop();
    }
  },
};
