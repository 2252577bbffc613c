import type { Writable } from 'node:stream';
import { AllSubscription } from '#event-store/eventstoredb/reading/all-subscription';
import { SupervisedFeed } from '#event-store/eventstoredb/reading/supervised-feed';
import type { SubscriptionItem } from '#event-store/log.port';
import { toPosition } from '#event-store/position';
import { patchMethod } from '../runner/patch-method';
import { patchSubscriptions, type FeedInside } from './patches';

export const cleanEndIsTheEnd = (): void =>
  patchMethod(SupervisedFeed, 'session', async function* (inside: FeedInside, session: () => AsyncGenerator<unknown>) {
    yield* session();
    if (inside.now.reason === 'ended by the server') inside.start = { ...inside.start, signal: AbortSignal.abort() };
  });

export const oneBehind = (): void => {
  const before = new WeakMap<object, SubscriptionItem>();
  patchMethod(SupervisedFeed, 'given', (feed, given, item: SubscriptionItem) => {
    given(before.get(feed) ?? item);
    before.set(feed, item);
  });
};

/** A message of the protocol, before the client makes an event of it. */
interface Arriving {
  getEvent(): { getCommitPosition(): string } | undefined;
}

export const lastReceived = (): void => {
  patchMethod(SupervisedFeed, 'given', (inside: FeedInside, given, item: SubscriptionItem) => {
    const received = inside.now.position;
    given(item);
    if (received > inside.now.position) inside.status = { ...inside.status, position: received };
  });
  patchSubscriptions((readable, feed) => {
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
export const checkpointsFirst = (): void => {
  const announced = new WeakMap<object, SubscriptionItem>();
  patchSubscriptions((call, feed) => {
    const push = call.push.bind(call);
    call.push = (chunk: SubscriptionItem | null) => {
      if (chunk?.kind !== 'checkpoint' || feed === undefined) return push(chunk);
      announced.set(feed, chunk);
      return true;
    };
  });
  patchMethod(SupervisedFeed, 'session', async function* (feed, session: () => AsyncGenerator<readonly SubscriptionItem[]>) {
    for await (const items of session()) {
      const early = announced.get(feed);
      announced.delete(feed);
      if (early !== undefined) yield [early];
      yield items;
    }
  });
};

export const deafToErrors = (): void =>
  patchSubscriptions((call) => {
    const on = call.on.bind(call) as (...given: unknown[]) => typeof call;
    call.on = ((name: string, ...given: unknown[]) => (name === 'error' ? call : on(name, ...given))) as typeof call.on;
  });

export const rejectingCheckpoint = (): void => patchMethod(AllSubscription, 'mark', () => Promise.reject(new Error('planted')));
