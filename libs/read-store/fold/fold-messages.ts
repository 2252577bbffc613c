import type { Position, StoredEvent } from '#event-store/log.port';
import type { Encoded } from './row-writer';
import type { StoredRow } from './row-fold';

/** One read model's build, as a thread folds it. */
export interface Folded {
  readonly name: string;
  readonly version: number;
  /** The id of its row in the table `projection`. */
  readonly projection: number;
  readonly memoryBytes: number;
  /** The words of a `KeyFilter` with all keys that the table has. */
  readonly stored: Uint32Array;
  /** The keys whose hash has this remainder are this thread's. */
  readonly share: { readonly of: number; readonly index: number };
}

/** To the thread. Answers to a request bear its number. */
export type ToThread =
  | { readonly is: 'events'; readonly consumer: number; readonly at: Position; readonly events: readonly (StoredEvent | Position)[] }
  | { readonly is: 'seal'; readonly consumer: number; readonly request: number }
  | { readonly is: 'rows'; readonly request: number; readonly rows: readonly StoredRow[] };

/** From the thread. */
export type FromThread =
  | { readonly is: 'taken' }
  | { readonly is: 'sealed'; readonly request: number; readonly sealed: Encoded }
  | { readonly is: 'load'; readonly request: number; readonly consumer: number; readonly keys: readonly string[] }
  | { readonly is: 'fault'; readonly consumer: number; readonly name: string; readonly message: string };

/** Decoded events that a thread keeps, so that a second consumer of the same batch need not be sent them again. */
export const KEPT_EVENTS = 4096;
