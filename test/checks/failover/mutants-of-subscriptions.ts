import type { Writable } from 'node:stream';
import { AllSubscription } from '#event-store/eventstoredb/reading/all-subscription';
import { SupervisedFeed } from '#event-store/eventstoredb/reading/supervised-feed';
import type { SubscriptionItem } from '#event-store/log.port';
import { toPosition } from '#event-store/position';
import { patchMethod } from '../runner/patch-method';
import { patchSubscriptions, type FeedInside } from './patches';

export const cleanEndIsTheEnd = (): void =>
  patchMethod(
    SupervisedFeed,
    'session',
    (session: () => AsyncGenerator<unknown>) =>
      async function* (this: SupervisedFeed) {
        yield* session.call(this as never);
        const inside = this as unknown as FeedInside;
        if (this.now.reason === 'ended by the server') inside.start = { ...inside.start, signal: AbortSignal.abort() };
      },
  );

export const oneBehind = (): void => {
  const before = new WeakMap<object, SubscriptionItem>();
  patchMethod(
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

export const lastReceived = (): void => {
  patchMethod(
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
  patchMethod(
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

export const deafToErrors = (): void =>
  patchSubscriptions((call) => {
    const on = call.on.bind(call) as (...given: unknown[]) => typeof call;
    call.on = ((name: string, ...given: unknown[]) => (name === 'error' ? call : on(name, ...given))) as typeof call.on;
  });

export const rejectingCheckpoint = (): void => patchMethod(AllSubscription, 'mark', () => () => Promise.reject(new Error('planted')));
