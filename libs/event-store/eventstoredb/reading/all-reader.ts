import type { EventStoreDBClient } from '@eventstore/db-client';
import { passes } from '../../log-filter';
import type { LogFilter, Position, SubscriptionItem } from '../../log.port';
import { AllSubscription, everything, narrowed, type AllItem } from './all-subscription';

/** So many events that the filter held back are passed over before their place is told, even while more arrive. */
const TELL_AFTER = 500;

export interface ReadAllFrom {
  readonly after: Position;
  readonly filter?: LogFilter | undefined;
  readonly signal: AbortSignal;
}

/**
 * From a place to the end and on, over one connection. Far from the end the server filters, as well as it can; near it everything
 * is taken and filtered here, because the server tells the place it has reached only now and then, and an end must be told exactly.
 * Gives together what has arrived together. Ends or throws where the server does.
 */
export async function* readAllPages(
  client: () => EventStoreDBClient,
  { after, filter, signal }: ReadAllFrom,
): AsyncGenerator<readonly SubscriptionItem[]> {
  const walker = new Walker(after, filter);
  const narrow = filter && narrowed(filter);
  if (narrow !== undefined) {
    const flow = new AllSubscription(client(), after, narrow);
    let near = false;
    for await (const batch of flow.batches(signal)) {
      near = batch.some(({ kind }) => kind === 'caught-up');
      yield walker.take(batch, flow.idle);
      if (near) break;
    }
    if (!near || signal.aborted) return;
  }
  const flow = new AllSubscription(client(), walker.at, everything());
  let live = false;
  for await (const batch of flow.batches(signal)) {
    live ||= batch.some(({ kind }) => kind === 'caught-up');
    yield live && flow.idle ? [...walker.take(batch, true), ...walker.caughtUp()] : walker.take(batch, flow.idle);
  }
}

/** The place that a walk has reached, and what of it is told. */
class Walker {
  private passedOver = 0;
  private toldCaughtUp: Position | undefined;

  constructor(
    public at: Position,
    private readonly filter: LogFilter | undefined,
  ) {}

  /** `idle`: nothing more has arrived. */
  take(batch: readonly AllItem[], idle: boolean): readonly SubscriptionItem[] {
    const items: SubscriptionItem[] = [];
    for (const item of batch) {
      if (item.kind === 'event') this.takeEvent(item, items);
      if (item.kind === 'checkpoint' && item.position > this.at) {
        this.at = item.position;
        this.passedOver += 1;
      }
      if (this.passedOver >= TELL_AFTER) this.tell(items);
    }
    if (idle) this.tell(items);
    return items;
  }

  caughtUp(): readonly SubscriptionItem[] {
    if (this.toldCaughtUp === this.at) return [];
    this.toldCaughtUp = this.at;
    return [{ kind: 'caught-up', position: this.at }];
  }

  private takeEvent({ position, event }: Extract<AllItem, { kind: 'event' }>, items: SubscriptionItem[]): void {
    this.at = position;
    if (event === undefined || !passes(this.filter, event)) {
      this.passedOver += 1;
      return;
    }
    this.passedOver = 0;
    items.push({ kind: 'event', event });
  }

  private tell(items: SubscriptionItem[]): void {
    if (this.passedOver === 0) return;
    this.passedOver = 0;
    items.push({ kind: 'checkpoint', position: this.at });
  }
}
