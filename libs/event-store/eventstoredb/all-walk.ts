import type { EventStoreDBClient } from '@eventstore/db-client';
import { passes } from '../log-filter';
import type { LogFilter, Position, SubscriptionItem } from '../log.port';
import { AllFlow, everything, narrowed, type FlowItem } from './all-flow';

/** So many events that the filter held back are passed over before their place is told, even while more arrive. */
const TELL_AFTER = 500;

export interface WalkStart {
  readonly after: Position;
  readonly filter?: LogFilter | undefined;
  readonly signal: AbortSignal;
}

/**
 * From a place to the end and on, over one connection. Far from the end the server filters, as well as it can; near it everything
 * is taken and filtered here, because the server tells the place it has reached only now and then, and an end must be told exactly.
 * Ends or throws where the server does.
 */
export async function* walk(client: () => EventStoreDBClient, { after, filter, signal }: WalkStart): AsyncGenerator<SubscriptionItem> {
  const place: Place = { at: after, passedOver: 0 };
  const narrow = filter && narrowed(filter);
  if (narrow !== undefined) {
    const flow = new AllFlow(client(), after, narrow);
    let near = false;
    for await (const item of flow.items(signal)) {
      near = item.kind === 'caught-up';
      if (near) break;
      yield* taken(place, item, { filter, tell: flow.idle });
    }
    if (!near || signal.aborted) return;
  }
  yield* follow(client(), place, { filter, signal });
}

interface Place {
  at: Position;
  passedOver: number;
}

async function* follow(
  client: EventStoreDBClient,
  place: Place,
  { filter, signal }: Pick<WalkStart, 'filter' | 'signal'>,
): AsyncGenerator<SubscriptionItem> {
  const flow = new AllFlow(client, place.at, everything());
  let live = false;
  let told: Position | undefined;
  for await (const item of flow.items(signal)) {
    if (item.kind === 'caught-up') live = true;
    yield* taken(place, item, { filter, tell: flow.idle });
    if (live && flow.idle && told !== place.at) {
      told = place.at;
      yield { kind: 'caught-up', position: place.at };
    }
  }
}

function* taken(
  place: Place,
  item: FlowItem,
  { filter, tell }: { filter: LogFilter | undefined; tell: boolean },
): Iterable<SubscriptionItem> {
  if (item.kind === 'event') {
    place.at = item.position;
    if (item.event !== undefined && passes(filter, item.event)) {
      place.passedOver = 0;
      yield { kind: 'event', event: item.event };
      return;
    }
    place.passedOver += 1;
  }
  if (item.kind === 'checkpoint' && item.position > place.at) {
    place.at = item.position;
    place.passedOver += 1;
  }
  if (place.passedOver > 0 && (tell || place.passedOver >= TELL_AFTER)) {
    place.passedOver = 0;
    yield { kind: 'checkpoint', position: place.at };
  }
}
