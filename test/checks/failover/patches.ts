import { AsyncLocalStorage } from 'node:async_hooks';
import type { AllStreamSubscription, EventStoreDBClient } from '@eventstore/db-client';
import { Connection } from '#event-store/eventstoredb/client/connection';
import { SupervisedFeed } from '#event-store/eventstoredb/reading/supervised-feed';
import type { Timers, Wait } from '#event-store/eventstoredb/client/timers';
import { patchMethod } from '../runner/patch-method';

/** Alters each client of the server that the adapter makes, once. */
export const patchClients = (patch: (client: EventStoreDBClient) => void): void => {
  const patched = new WeakSet<EventStoreDBClient>();
  patchMethod(Connection, 'get', (_, get: () => EventStoreDBClient) => {
    const client = get();
    if (!patched.has(client)) patch(client);
    patched.add(client);
    return client;
  });
};

/** What the adapter's class keeps to itself, as far as the bugs change it. */
export interface FeedInside {
  readonly now: { readonly position: string; readonly reason?: string };
  status: { position: string; reason?: string; state: string };
  start: { signal: AbortSignal };
}

/** Alters each subscription; `feed` is the one it was made for. */
export const patchSubscriptions = (patch: (call: AllStreamSubscription, feed: FeedInside | undefined) => void): void => {
  const asking = new AsyncLocalStorage<FeedInside>();
  patchMethod(SupervisedFeed, 'session', async function* (feed: FeedInside, session: () => AsyncGenerator<unknown, void>) {
    const items = session();
    for (;;) {
      const next = await asking.run(feed, () => items.next());
      if (next.done === true) return;
      yield next.value;
    }
  });
  patchClients((client) => {
    const subscribe = client.subscribeToAll.bind(client) as (...given: unknown[]) => AllStreamSubscription;
    client.subscribeToAll = ((...given: unknown[]) => {
      const call = subscribe(...given);
      patch(call, asking.getStore());
      return call;
    }) as typeof client.subscribeToAll;
  });
};

/** Some waits never end. */
export const withoutEnd =
  (...never: readonly Wait[]) =>
  (timers: Timers): Timers => ({
    random: () => timers.random(),
    after: (ms, wait, run) => (never.includes(wait) ? () => undefined : timers.after(ms, wait, run)),
  });

/** Some waits end as soon as they begin. */
export const atOnce =
  (...short: readonly Wait[]) =>
  (timers: Timers): Timers => ({
    random: () => timers.random(),
    after: (ms, wait, run) => timers.after(short.includes(wait) ? 0 : ms, wait, run),
  });
