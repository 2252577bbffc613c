import type { Position } from '#event-store/log.port';
import type { FollowedBuild, ChangePosition } from './changes';

/** One row after a checkpoint, as it is shown: JSON text, or null where it is gone or shows nothing. */
export interface ShownChange {
  readonly ordinal: number;
  readonly key: string;
  readonly network: string | null;
  readonly value: string | null;
}

/** Changes of one checkpoint, or a piece of them where they are many. */
export interface Part {
  readonly position: Position;
  readonly changes: readonly ShownChange[];
  /** The checkpoint has no further changes. */
  readonly ends: boolean;
  /** For whoever writes the same bytes to many: goes with the part. */
  readonly written: Map<string, Uint8Array>;
}

/** What comes after a place: a part; nothing yet, up to a position; or it is no longer in memory. */
export type Next = { readonly part: Part; readonly whole: boolean } | { readonly tip: Position } | 'gone';

export type Spot = Pick<ChangePosition, 'position' | 'ordinal'>;

const END = Number.MAX_SAFE_INTEGER;

const isAfter = (position: Position, ordinal: number, place: Spot): boolean =>
  position === place.position ? ordinal > (place.ordinal ?? END) : position > place.position;

const lastOf = ({ changes, ends }: Part): number => (ends ? END : (changes.at(-1)?.ordinal ?? END));

/** A change's rough cost in memory beside its texts. */
const BESIDE = 120;
const sizeOf = ({ changes }: Part): number =>
  changes.reduce((sum, { key, value }) => sum + key.length + (value?.length ?? 0) + BESIDE, BESIDE);

/** The newest changes of one build, bounded in bytes, for all who follow it. */
export class ChangeRing {
  private readonly parts: Part[] = [];
  private readonly sizes: number[] = [];
  private bytes = 0;
  private from: Spot;
  private end: Spot;

  /** Nothing at or before the build's position will be in it. */
  constructor(
    readonly build: FollowedBuild,
    private readonly room: number,
  ) {
    this.from = { position: build.position, ordinal: null };
    this.end = this.from;
  }

  /** Everything at or before it is here, or was. */
  get reached(): Spot {
    return this.end;
  }

  push(parts: readonly Part[], reached: Spot): void {
    for (const part of parts) {
      const size = sizeOf(part);
      this.parts.push(part);
      this.sizes.push(size);
      this.bytes += size;
    }
    this.end = reached;
    while (this.bytes > this.room && this.parts.length > 1) this.forget();
  }

  /** What comes after a place of this build. */
  after(place: Spot): Next {
    if (isAfter(this.from.position, this.from.ordinal ?? END, place)) return 'gone';
    const found = this.firstAfter(place);
    // within a checkpoint that is not here: a crash of the database took it back
    if (place.ordinal !== null && !this.holds(found?.position, place)) return 'gone';
    if (!found) return { tip: this.end.position };
    const changes = found.changes.filter(({ ordinal }) => isAfter(found.position, ordinal, place));
    if (changes.length === found.changes.length) return { part: found, whole: true };
    return { part: { ...found, changes, written: new Map() }, whole: false };
  }

  private holds(next: Position | undefined, place: Spot): boolean {
    return next === undefined ? this.end.position === place.position && this.end.ordinal !== null : next === place.position;
  }

  private forget(): void {
    const oldest = this.parts.shift()!;
    this.bytes -= this.sizes.shift()!;
    this.from = { position: oldest.position, ordinal: oldest.ends ? null : lastOf(oldest) };
  }

  private firstAfter(place: Spot): Part | undefined {
    let [low, high] = [0, this.parts.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      const part = this.parts[middle]!;
      if (isAfter(part.position, lastOf(part), place)) high = middle;
      else low = middle + 1;
    }
    return this.parts[low];
  }
}

/** Pieces of one checkpoint's changes, each of at most `bytes` unless one change alone is longer. */
export const partsOf = (position: Position, changes: readonly ShownChange[], { bytes, ends }: { bytes: number; ends: boolean }): Part[] => {
  const parts: ShownChange[][] = [[]];
  let size = 0;
  for (const change of changes) {
    const own = change.key.length + (change.value?.length ?? 0) + 24;
    if (size + own > bytes && parts.at(-1)!.length > 0) {
      parts.push([]);
      size = 0;
    }
    parts.at(-1)!.push(change);
    size += own;
  }
  return parts.map((own, index) => ({ position, changes: own, ends: ends && index === parts.length - 1, written: new Map() }));
};
