import type { EventId } from './id';
import type { Recorded } from './message';

type AnyEvent = { readonly type: string; readonly data: unknown };

/** What one event makes of one row. `row: null` deletes it; `evidence` names the facts that the row now rests on besides. */
export interface Folded<Row> {
  readonly row: Row | null;
  readonly evidence?: readonly EventId[];
}

/**
 * A read model as a pure fold by key. An event names every id its readers key by, so `keys` needs no state.
 * Rows are plain JSON values: no position, no clock, no personal text (only references to it).
 */
export interface Projection<Event extends AnyEvent, Row> {
  readonly name: string;
  readonly version: number;
  readonly handles: { readonly [Type in Event['type']]: true };
  readonly keys: (event: Recorded<Event>) => readonly string[];
  readonly evolve: (row: Row | undefined, event: Recorded<Event>, key: string) => Folded<Row>;
}
