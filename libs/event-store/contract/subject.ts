import { randomUUID } from 'node:crypto';
import type { EventId, StreamName } from '#kernel/id';
import type { AppendResult, EventLog, EventToAppend, Position, StoredEvent, SubscriptionItem } from '../log.port';

/** What an adapter's spec gives for each test: an empty log. */
export interface LogUnderTest {
  readonly log: EventLog;
  /** The same log as another process opens it; the contract closes both. Default: the same object. */
  readonly second?: () => Promise<EventLog>;
  /** After both are closed. */
  readonly dispose?: () => Promise<void>;
}

export type Subject = () => LogUnderTest;

/** Ids are names only: which ones they are changes nothing in a log. */
export const anEvent = (over: Partial<EventToAppend> = {}): EventToAppend => ({
  eventId: randomUUID() as EventId,
  type: 'SessionHeld',
  version: 1,
  meta: '{"network":"n1"}',
  data: '{"minutes":60}',
  ...over,
});

export const events = (count: number): EventToAppend[] => Array.from({ length: count }, () => anEvent());

export const aStream = (category = 'exchange'): StreamName => `${category}-${randomUUID()}` as StreamName;

export const collected = async <T>(items: AsyncIterable<T>): Promise<T[]> => {
  const all: T[] = [];
  for await (const item of items) all.push(item);
  return all;
};

export const idsOf = (given: readonly { readonly eventId: EventId }[]): EventId[] => given.map(({ eventId }) => eventId);

export const positionsOf = (given: readonly { readonly position: Position }[]): Position[] => given.map(({ position }) => position);

/** An append that the test needs done: its position. */
export const done = (result: AppendResult): Position => {
  if (result.outcome !== 'appended') throw new Error(`expected an append, got ${JSON.stringify(result)}`);
  return result.position;
};

/** A subscription read item by item, ended by the test. */
export const following = (
  log: EventLog,
  from: Omit<Parameters<EventLog['subscribe']>[0], 'signal'>,
): { next: () => Promise<IteratorResult<SubscriptionItem>>; stop: () => Promise<IteratorResult<SubscriptionItem>>; abort: () => void } => {
  const ending = new AbortController();
  const iterator = log.subscribe({ ...from, signal: ending.signal })[Symbol.asyncIterator]();
  const abort = (): void => ending.abort();
  return { next: () => iterator.next(), abort, stop: () => (abort(), iterator.next()) };
};

/** Items up to the first that `ends` holds for. */
export const until = async (
  feed: { next: () => Promise<IteratorResult<SubscriptionItem>> },
  ends: (item: SubscriptionItem) => boolean,
): Promise<SubscriptionItem[]> => {
  const items: SubscriptionItem[] = [];
  for (;;) {
    const { value, done: ended } = await feed.next();
    if (ended === true) throw new Error('the subscription ended before its time');
    items.push(value);
    if (ends(value)) return items;
  }
};

export const eventsIn = (items: readonly SubscriptionItem[]): StoredEvent[] =>
  items.flatMap((item) => (item.kind === 'event' ? [item.event] : []));
