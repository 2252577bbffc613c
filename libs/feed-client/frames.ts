/** One thing that a feed tells of; what its value is, the feed's page says. */
export interface Item<Value> {
  readonly key: string;
  readonly value: Value;
}

export interface Change<Value> {
  readonly key: string;
  /** Null: gone, or nothing to show any more. */
  readonly value: Value | null;
}

/** What a feed sends; `position` is a token as `?after=` takes it. */
export type Frame<Value> =
  /** All there is, in pages: it replaces what was known once it is complete. */
  | {
      readonly type: 'snapshot';
      readonly position: string;
      readonly version: number;
      readonly build: number;
      readonly page: number;
      readonly complete: boolean;
      readonly items: readonly Item<Value>[];
    }
  /** What one step of the read model changed; in several pieces where it is much, the last one `complete`. */
  | { readonly type: 'delta'; readonly position: string; readonly complete: boolean; readonly changes: readonly Change<Value>[] }
  /** Another version or build of the read model is asked from here on; its snapshot follows. */
  | { readonly type: 'version-switched'; readonly version: number; readonly build: number }
  /** Nothing has changed until here. */
  | { readonly type: 'heartbeat'; readonly position: string }
  /** Where you were is too long ago, or of another log; a snapshot follows. */
  | { readonly type: 'reset'; readonly reason: 'too-old' | 'another-log' }
  /** The server ends this connection; the client comes back by itself. */
  | { readonly type: 'end'; readonly reason: 'token-expired' | 'stopping' | 'unavailable' };

/** The server refused for good: come back with another token, or another question. */
export class FeedRefused extends Error {
  constructor(
    readonly status: number,
    /** As problem+json names it. */
    readonly code: string,
  ) {
    super(`the feed was refused: ${status} ${code}`);
    this.name = 'FeedRefused';
  }
}
