import type { Writable } from 'node:stream';
import { randomUUID } from 'node:crypto';
import { EventStoreDBClient } from '@eventstore/db-client';
import { AllFlow } from '#event-store/eventstoredb/all-flow';
import { Appender } from '#event-store/eventstoredb/appender';
import { LookBack } from '#event-store/eventstoredb/look-back';
import { PatientReads, type Call } from '#event-store/eventstoredb/patient-reads';
import { SupervisedFeed } from '#event-store/eventstoredb/supervised-feed';
import type { Timers } from '#event-store/eventstoredb/timers';
import type { AppendResult, EventToAppend, ExpectedRevision, SubscriptionItem } from '#event-store/log.port';
import type { StreamName } from '#kernel/id';
import { toPosition } from '#event-store/position';
import { atOnce, replace, spoilClients, spoilSubscriptions, withoutEnd, type FeedInside } from './spoiling';

/** A bug of the adapter, or of a consumer, planted in a process of its own. */
export interface Bug {
  readonly bug: string;
  readonly timers?: (timers: Timers) => Timers;
  /** Shows in fewer than one of fifty schedules: the self-test hunts it, the gate does not. */
  readonly rare?: boolean;
  /** The consumer's. */
  readonly checkpointFirst?: boolean;
  readonly plant?: () => void;
}

type Append = (stream: string, events: EventToAppend[], options: Record<string, unknown>) => Promise<{ nextExpectedRevision: bigint }>;

/** Alters what the adapter asks of its client, append by append; `attempt` counts those of the same events from 0. */
const spoilAppends = (spoil: (append: Append, attempt: number, given: Parameters<Append>) => ReturnType<Append>): void => {
  const attempts = new Map<string, number>();
  spoilClients((client) => {
    const append = client.appendToStream.bind(client) as unknown as Append;
    client.appendToStream = ((...given: Parameters<Append>) => {
      const [first] = [given[1]].flat() as { id?: string }[];
      const attempt = attempts.get(String(first?.id)) ?? 0;
      attempts.set(String(first?.id), attempt + 1);
      return spoil(append, attempt, given);
    }) as unknown as typeof client.appendToStream;
  });
};

const freshIds = (): void =>
  spoilAppends((append, attempt, [stream, events, options]) =>
    append(stream, attempt === 0 ? events : events.map((event) => ({ ...event, id: randomUUID() })), options),
  );

interface Exact {
  readonly stream: StreamName;
  readonly expected: ExpectedRevision;
  readonly events: readonly EventToAppend[];
}
interface AppenderInside {
  attempt(request: Exact, course: unknown): Promise<{ kind: string; position?: bigint; actual?: number | 'none' }>;
  readonly look: { upTo(stream: StreamName, revision: number): Promise<{ through: number }>; written(...given: unknown[]): AppendResult };
}

/** As many have written it: try, and where no answer came, take the revision that there is now. */
const freshRevision = (): void =>
  replace(
    Appender,
    'exactly',
    (exactly: (request: Exact, course: { over: AbortSignal }) => Promise<AppendResult>) =>
      async function (this: AppenderInside, request: Exact, course: { over: AbortSignal }) {
        let { expected } = request;
        for (;;) {
          const answer = await this.attempt({ ...request, expected }, course);
          const before = expected === 'none' ? -1 : expected;
          if (answer.kind === 'written' && answer.position !== undefined) return this.look.written(request, before, answer.position);
          if (answer.kind !== 'unknown' || course.over.aborted) return exactly.call(this as never, { ...request, expected }, course);
          const { through } = await this.look.upTo(request.stream, Infinity);
          expected = through < 0 ? 'none' : through;
        }
      },
  );

const trustedRevision = (): void => {
  const told = new Map<string, number>();
  spoilAppends(async (append, _attempt, given) => {
    const answer = await append(...given);
    told.set(given[0], Number(answer.nextExpectedRevision));
    return answer;
  });
  replace(
    LookBack,
    'written',
    (written: (request: Exact, ...rest: unknown[]) => AppendResult) =>
      function (this: LookBack, request: Exact, ...rest: unknown[]) {
        return { ...written.call(this as never, request, ...rest), revision: told.get(request.stream) };
      },
  );
};

const wrongTakenForOwn = (): void =>
  replace(
    Appender,
    'attempt',
    (attempt: AppenderInside['attempt']) =>
      async function (this: Appender, ...given: Parameters<AppenderInside['attempt']>) {
        const answer = await attempt.call(this as never, ...given);
        return answer.kind === 'wrong' ? { kind: 'written', position: 1131n } : answer;
      },
  );

const anyNode = (): void =>
  spoilClients((client) => {
    for (const name of ['readStream', 'readAll'] as const) {
      const read = (client[name] as (...given: unknown[]) => unknown).bind(client);
      const spoiled = (...given: unknown[]) => read(...given.slice(0, -1), { ...(given.at(-1) as object), requiresLeader: false });
      Object.assign(client, { [name]: spoiled });
    }
  });

const pageTooLate = (): void =>
  spoilClients((client) => {
    const read = (client.readStream as (...given: unknown[]) => unknown).bind(client);
    const spoiled = (stream: string, options: { fromRevision?: unknown; direction?: string }) => {
      const { fromRevision: from, direction } = options;
      return read(stream, { ...options, ...(typeof from === 'bigint' && direction === 'forwards' && { fromRevision: from + 1n }) });
    };
    Object.assign(client, { readStream: spoiled });
  });

const quietEnd = (): void =>
  replace(
    PatientReads,
    'resuming',
    () =>
      async function* (this: PatientReads, open: (client: unknown) => Call<unknown>) {
        const call = open(this.connection.get());
        call.on('error', () => undefined);
        try {
          for await (const { event } of call) if (event !== undefined) yield event;
        } catch {
          // taken for the end
        }
      },
  );

const cleanEndIsTheEnd = (): void =>
  replace(
    SupervisedFeed,
    'session',
    (session: () => AsyncGenerator<unknown>) =>
      async function* (this: SupervisedFeed) {
        yield* session.call(this as never);
        const inside = this as unknown as FeedInside;
        if (this.now.reason === 'ended by the server') inside.start = { ...inside.start, signal: AbortSignal.abort() };
      },
  );

const oneBehind = (): void => {
  const before = new WeakMap<object, SubscriptionItem>();
  replace(
    SupervisedFeed,
    'given',
    (given: (item: SubscriptionItem) => void) =>
      function (this: SupervisedFeed, item: SubscriptionItem) {
        given.call(this as never, before.get(this) ?? item);
        before.set(this, item);
      },
  );
};

/** A message of the protocol, before the client makes an event of it. */
interface Arriving {
  getEvent(): { getCommitPosition(): string } | undefined;
}

const lastReceived = (): void => {
  replace(
    SupervisedFeed,
    'given',
    (given: (item: SubscriptionItem) => void) =>
      function (this: SupervisedFeed, item: SubscriptionItem) {
        const received = this.now.position;
        given.call(this as never, item);
        const inside = this as unknown as FeedInside;
        if (received > this.now.position) inside.status = { ...inside.status, position: received };
      },
  );
  spoilSubscriptions((readable, feed) => {
    const call = readable as unknown as Writable;
    const write = call.write.bind(call) as (...given: unknown[]) => boolean;
    call.write = (message: Arriving, ...rest: unknown[]) => {
      const place = message.getEvent()?.getCommitPosition();
      if (feed !== undefined && place !== undefined) feed.status = { ...feed.status, position: toPosition(place) };
      return write(message, ...rest);
    };
  });
};

/** What the client announces is passed on when it comes, before the events that still wait to be read. */
const checkpointsFirst = (): void => {
  const announced = new WeakMap<object, SubscriptionItem>();
  spoilSubscriptions((call, feed) => {
    const push = call.push.bind(call);
    call.push = (chunk: SubscriptionItem | null) => {
      if (chunk?.kind !== 'checkpoint' || feed === undefined) return push(chunk);
      announced.set(feed, chunk);
      return true;
    };
  });
  replace(
    SupervisedFeed,
    'session',
    (session: () => AsyncGenerator<readonly SubscriptionItem[]>) =>
      async function* (this: SupervisedFeed) {
        for await (const items of session.call(this as never)) {
          const early = announced.get(this);
          announced.delete(this);
          if (early !== undefined) yield [early];
          yield items;
        }
      },
  );
};

const deafToErrors = (): void =>
  spoilSubscriptions((call) => {
    const on = call.on.bind(call) as (...given: unknown[]) => typeof call;
    call.on = ((name: string, ...given: unknown[]) => (name === 'error' ? call : on(name, ...given))) as typeof call.on;
  });

/** What the adapter puts in the place of the client's handler does not stay. */
const deafToLostConnections = (): void => {
  const make = EventStoreDBClient.connectionString.bind(EventStoreDBClient);
  EventStoreDBClient.connectionString = (...given) => {
    const client = make(...given);
    const { handleError } = client as unknown as { readonly handleError: unknown };
    return Object.defineProperty(client, 'handleError', { get: () => handleError, set: () => undefined });
  };
};

const rejectingCheckpoint = (): void => replace(AllFlow, 'mark', () => () => Promise.reject(new Error('planted')));

/** Planted one by one, each in processes of its own. */
export const BUGS: readonly Bug[] = [
  { bug: 'a consumer stores its checkpoint before what it stands for', checkpointFirst: true },
  { bug: 'the revision is read again before a retry', plant: freshRevision },
  { bug: 'a retry has new event ids', plant: freshIds },
  { bug: 'an append is not ended on this side', timers: withoutEnd('append attempt', 'append deadline') },
  { bug: 'an append is retried for ever, and never told as unknown', timers: withoutEnd('append deadline'), rare: true },
  {
    bug: 'nothing is read back after an answer that never came',
    plant: () => replace(LookBack, 'readBack', () => () => Promise.resolve(undefined)),
    rare: true,
  },
  { bug: 'a mute subscription is not watched', timers: withoutEnd('watchdog') },
  { bug: 'a clean end of a subscription is taken for the end', plant: cleanEndIsTheEnd, rare: true },
  { bug: 'a checkpoint is told before the events that lie before it', plant: checkpointsFirst, rare: true },
  { bug: 'a subscription resumes after what it received, not after what it gave', plant: lastReceived, rare: true },
  { bug: 'a subscription resumes one event too early', plant: oneBehind, rare: true },
  { bug: 'attempts follow one another without a pause', timers: atOnce('append back-off', 'read back-off', 'back-off'), rare: true },
  { bug: 'the revision in the answer is believed', plant: trustedRevision },
  { bug: 'reads ask whatever node is there', plant: anyNode, rare: true },
  { bug: 'a wrong revision is taken for the own append', plant: wrongTakenForOwn },
  { bug: 'a page begins one event too late', plant: pageTooLate },
  { bug: 'a read that breaks is taken for its end', plant: quietEnd },
  { bug: 'nobody listens to the errors of a subscription', plant: deafToErrors },
  { bug: 'the handler of checkpoints rejects', plant: rejectingCheckpoint, rare: true },
  { bug: 'nobody listens where a connection breaks while no node can be found', plant: deafToLostConnections, rare: true },
];
