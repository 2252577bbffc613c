import type { AllRead, EventLog, StoredEvent, SubscriptionItem } from '#event-store/log.port';

/** What a source gives: as a subscription does, or many events at once, where a promise for each would cost as much as reading it. */
export type SourceItem = SubscriptionItem | { readonly kind: 'page'; readonly events: readonly StoredEvent[] };

async function* oneByOne(events: AsyncIterable<StoredEvent>): AsyncIterable<readonly StoredEvent[]> {
  for await (const event of events) yield [event];
}

/** All that the log holds, in the pages in which it reads; of a log that has none, event by event. */
export const pagesOf = (log: Pick<EventLog, 'readAll' | 'readPages'>, read: AllRead): AsyncIterable<readonly StoredEvent[]> =>
  log.readPages?.(read) ?? oneByOne(log.readAll(read));

interface From extends AllRead {
  readonly signal: AbortSignal;
}

/** A subscription for those far behind the head: pages first, where the log has them. */
export async function* pagesThenLive(log: Pick<EventLog, 'subscribe' | 'readPages'>, { signal, ...from }: From): AsyncIterable<SourceItem> {
  let { after } = from;
  for await (const events of log.readPages?.(from) ?? []) {
    if (signal.aborted) return;
    yield { kind: 'page', events };
    after = events.at(-1)?.position ?? after;
  }
  yield* log.subscribe({ ...from, after, signal });
}
