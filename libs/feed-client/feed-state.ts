import type { Frame } from './frames';

/** What is known, put together from a feed's frames: an incomplete snapshot changes nothing yet. */
export class FeedState<Value> {
  private known: Map<string, Value>;
  private coming: Map<string, Value> | null = null;

  constructor(known: readonly (readonly [string, Value])[] = []) {
    this.known = new Map(known);
  }

  /** Amid a snapshot: what is known is from before it. */
  get isComing(): boolean {
    return this.coming !== null;
  }

  get items(): ReadonlyMap<string, Value> {
    return this.known;
  }

  apply(frame: Frame<Value>): void {
    if (frame.type === 'snapshot') this.page(frame);
    if (frame.type !== 'delta') return;
    // whoever came back before the last page goes on from what was known
    this.coming = null;
    for (const { key, value } of frame.changes) {
      if (value === null) this.known.delete(key);
      else this.known.set(key, value);
    }
  }

  private page({ page, items, complete }: Extract<Frame<Value>, { type: 'snapshot' }>): void {
    if (page === 1 || this.coming === null) this.coming = new Map();
    for (const { key, value } of items) this.coming.set(key, value);
    if (!complete) return;
    this.known = this.coming;
    this.coming = null;
  }
}
