import type { BloomFilter } from './bloom-filter';
import type { RowEvidence } from './row-writer';

/** One row as the fold sees it, and as the table has it. */
export interface CachedRow {
  readonly key: string;
  /** Null: there is none. */
  row: unknown;
  /** Canonical JSON in the table, once the writes under way are through; null: not there; undefined: there, and not kept here. */
  text: string | null | undefined;
  /** Changed since the last write was sealed. */
  dirty: boolean;
  /** In a write under way: the table may not have it yet. */
  writing: boolean;
  /** The round in which it was used last. */
  used: number;
  bytes: number;
  /** What was told of it since the last write was sealed. */
  told: RowEvidence | undefined;
}

/** A row in memory is some three times its text, and the text is kept, too. */
const bytesOf = (key: string, length: number): number => 2 * key.length + 4 * length + 200;

/**
 * Rows of one table between batches, so that what is hot is neither loaded nor parsed again. It holds only while nobody else moves
 * the table: whoever loses a race throws it away.
 */
export class RowCache {
  private readonly rows = new Map<string, CachedRow>();
  private round = 0;
  private total = 0;

  /** `stored`: keys of rows that the table may have, each of them; null: not known. */
  constructor(
    private readonly limitBytes: number,
    private readonly stored: BloomFilter | null,
  ) {}

  get bytes(): number {
    return this.total;
  }

  get(key: string): CachedRow | undefined {
    const held = this.rows.get(key);
    if (held) held.used = this.round;
    return held;
  }

  /** Whether a key that is not held has to be asked for. */
  mayBeStored(key: string): boolean {
    return this.stored === null || this.stored.mayHold(key);
  }

  hold(key: string, stored: { readonly row: unknown; readonly text: string } | null): CachedRow {
    const { row, text } = stored ?? { row: null, text: null };
    const held: CachedRow = {
      key,
      row,
      text,
      dirty: false,
      writing: false,
      used: this.round,
      bytes: bytesOf(key, text?.length ?? 0),
      told: undefined,
    };
    this.total += held.bytes;
    this.rows.set(key, held);
    return held;
  }

  /** The length of the text that the table is given, in the write under way. */
  sized(held: CachedRow, length: number): void {
    const bytes = bytesOf(held.key, length);
    this.total += bytes - held.bytes;
    held.bytes = bytes;
  }

  /** A round ends: what is over the limit goes, what was used longest ago first. What the table does not have yet stays. */
  shrink(): void {
    this.round += 1;
    for (const sparing of [2, 0]) {
      for (const held of this.rows.values()) {
        if (this.total <= this.limitBytes) return;
        if (!held.dirty && !held.writing && held.used < this.round - sparing) this.drop(held);
      }
    }
  }

  private drop(held: CachedRow): void {
    this.rows.delete(held.key);
    this.total -= held.bytes;
    if (held.text !== null) this.stored?.add(held.key);
  }
}
