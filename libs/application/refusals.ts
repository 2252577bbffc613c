import type { Refusal as AnyRefusal } from '#kernel/decider';

/** What the application refuses by itself, before or beside a decider. */
export type ApplicationRefusal =
  | { readonly code: 'network-not-found' }
  /** The stream named belongs to another network (R23): edges answer as if it did not exist. */
  | { readonly code: 'not-in-this-network' }
  /** The key that this text would be encrypted under was destroyed by an erasure (R19). */
  | { readonly code: 'texts-erased' }
  | { readonly code: 'too-large'; readonly what: 'event' | 'append'; readonly bytes: number; readonly limit: number };

export type Refused = AnyRefusal;
