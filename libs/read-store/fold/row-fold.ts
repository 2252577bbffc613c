import { setImmediate as turn } from 'node:timers/promises';
import { canonicalJson } from '#kernel/canonical-json';
import type { RecordedEvent } from '#event-store/codec.port';
import { START, type Position } from '#event-store/log.port';
import type { EventId } from '#kernel/id';
import { distinct, foldKey, type Rows } from './fold';
import { BloomFilter } from './bloom-filter';
import type { Admitted, Parking } from './poison-policy';
import type { AnyReadModel } from '../read-model';
import type { WrittenRow } from '../tables/read-model-table';
import { RowCache, type CachedRow } from './row-cache';
import { RowEvidence, type RowChanges, type Sealed } from './row-writer';

export interface StoredRow {
  readonly key: string;
  /** Canonical JSON. */
  readonly row: string;
}

export interface RowFoldParts {
  readonly projection: AnyReadModel['projection'];
  /** Rows kept in memory besides those not yet written. */
  readonly memoryBytes: number;
  /** Those of these rows that the table has. */
  readonly load: (keys: readonly string[]) => Promise<readonly StoredRow[]>;
}

/** One event to fold. @throws CodecFault where it cannot be read */
export interface FoldStep {
  readonly stored: { readonly position: Position };
  readonly event: () => RecordedEvent;
}

export interface TakenAt<One extends FoldStep> {
  /** Where the table will stand once the writes under way are through. */
  readonly at: Position;
  /** What becomes of events that cannot be folded; without it, the fault is thrown. */
  readonly parking?: Pick<Parking<One>, 'admit' | 'mayFold' | 'failed'>;
}

/** Events folded in one go, before other work gets its turn: some milliseconds. */
const BATCH_SIZE = 128;
/** Of more rows at once the texts are not kept to compare with: far behind, memory is dearer than a row written once more. */
const TEXTS_KEPT = 256;
/** Places of what one event tells of one row, before those of the next row that it names. */
const PLACES_OF_ROW = 64;
/** Texts written in one go, before other work gets its turn. */
const TEXTS_AT_ONCE = 256;

/** What one event does to one row that has to be loaded first, or comes after such a one. */
interface Waiting<One> {
  readonly step: One;
  readonly event: RecordedEvent;
  readonly key: string;
  readonly place: number;
}

/** What was folded since the last flush. */
interface Open {
  readonly dirty: CachedRow[];
  readonly cleared: Set<string>;
}

const nothing = (): Open => ({ dirty: [], cleared: new Set() });

/** Before the first. */
const NO_ROW: CachedRow = { key: '', row: null, text: null, dirty: true, writing: false, used: 0, bytes: 0, told: undefined };

/** The one row that is folded now. */
class FoldedRow implements Rows<unknown> {
  open = nothing();
  private held = NO_ROW;
  /** Of the event. */
  private position = 0;
  /** Within the event. */
  private place = 0;

  begin(held: CachedRow, position: number, place: number): void {
    this.held = held;
    this.position = position;
    this.place = place;
  }

  get(): unknown {
    return this.held.row;
  }

  put(_key: string, row: unknown): void {
    const { held } = this;
    held.row = row;
    if (held.dirty) return;
    held.dirty = true;
    this.open.dirty.push(held);
  }

  addEvidence(_key: string, eventId: EventId): void {
    const { held, position, place } = this;
    this.place += 1;
    const told = { eventId, position, place, next: undefined };
    if (held.told) held.told.add(told);
    else held.told = new RowEvidence(held.key, told);
  }

  clear(key: string): void {
    this.held.told = undefined;
    this.open.cleared.add(key);
  }
}

/** A row as the fold left it. */
interface Touched {
  readonly held: CachedRow;
  readonly row: unknown;
}

/** Folds one read model's events on rows in memory. It holds only while nobody else moves its table. */
export class RowFold<One extends FoldStep = FoldStep> {
  private cache: RowCache | undefined;
  private parking: TakenAt<One>['parking'];
  private readonly rows = new FoldedRow();
  private underWay: readonly CachedRow[] = [];

  constructor(private readonly parts: RowFoldParts) {}

  async accept(steps: readonly One[], { at, parking }: TakenAt<One>): Promise<void> {
    const cache = (this.cache ??= new RowCache(this.parts.memoryBytes, at === START ? new BloomFilter() : null));
    this.parking = parking;
    for (let from = 0; from < steps.length; from += BATCH_SIZE) {
      if (from > 0) await turn();
      const waiting: Waiting<One>[] = [];
      const to = Math.min(from + BATCH_SIZE, steps.length);
      for (let index = from; index < to; index += 1) this.foldOrWait(cache, steps[index]!, waiting);
      if (waiting.length === 0) continue;
      await this.load(cache, waiting);
      for (const one of waiting) this.fold(cache.get(one.key)!, one);
    }
  }

  /**
   * Ends what was folded since the last call; every earlier write is committed by then. The rows' present state is what the answer
   * gives when it is called, however far the fold has gone on. Of many rows there are no texts, unless they are asked for.
   */
  flush({ withTexts = false } = {}): () => Promise<Sealed> {
    const { dirty, cleared } = this.rows.open;
    for (const held of this.underWay) held.writing = false;
    const touched: Touched[] = [];
    const told: RowEvidence[] = [];
    for (const held of dirty) {
      touched.push({ held, row: held.row });
      if (held.told) told.push(held.told);
      held.told = undefined;
      held.dirty = false;
      held.writing = true;
    }
    this.rows.open = nothing();
    this.underWay = dirty;
    this.cache?.shrink();
    const isKept = dirty.length <= TEXTS_KEPT;
    return async () => ({ ...(await this.changes(touched, { withTexts: withTexts || isKept, isKept })), told, cleared });
  }

  /** What of these rows differs from the table, or, of many, may differ. */
  private async changes(
    touched: readonly Touched[],
    { withTexts, isKept }: { withTexts: boolean; isKept: boolean },
  ): Promise<RowChanges & Pick<Sealed, 'sized'>> {
    const cache = this.cache!;
    const changed: (WrittenRow & { readonly held: CachedRow })[] = [];
    const existing: string[] = [];
    const removed: string[] = [];
    for (const [index, { held, row }] of touched.entries()) {
      const { key, text: before } = held;
      const text = row === null ? null : withTexts ? canonicalJson(row) : undefined;
      held.text = isKept || text === null ? text : undefined;
      if (text !== undefined) cache.sized(held, text?.length ?? 0);
      if (text === null) {
        if (before !== null) removed.push(key);
      } else if (text === undefined || text !== before) {
        changed.push({ key, row, text, held });
        if (before !== null) existing.push(key);
      }
      if (withTexts && (index + 1) % TEXTS_AT_ONCE === 0) await turn();
    }
    return { changed, existing, removed, sized: (index, bytes) => cache.sized(changed[index]!.held, bytes) };
  }

  /** In the log's order: behind what waits for a row, all waits. */
  private foldOrWait(cache: RowCache, step: One, waiting: Waiting<One>[]): void {
    const admitted = this.parking ? this.parking.admit(step) : this.read(step);
    if (admitted === null) return;
    const { event, keys } = admitted;
    for (let place = 0; place < keys.length; place += 1) {
      const key = keys[place]!;
      const held = waiting.length > 0 ? undefined : this.known(cache, key);
      if (held) this.fold(held, { step, event, key, place });
      else waiting.push({ step, event, key, place });
    }
  }

  private read(step: One): Admitted {
    const event = step.event();
    return { event, keys: distinct(this.parts.projection.keys(event)) };
  }

  /** Undefined: it has to be asked for. */
  private known(cache: RowCache, key: string): CachedRow | undefined {
    const held = cache.get(key);
    return held || cache.mayBeStored(key) ? held : cache.hold(key, null);
  }

  /** Afterwards each row that is waited for is held. */
  private async load(cache: RowCache, waiting: readonly Waiting<One>[]): Promise<void> {
    const asked = new Set<string>();
    for (const { key } of waiting) if (!this.known(cache, key)) asked.add(key);
    if (asked.size === 0) return;
    for (const { key, row } of await this.parts.load([...asked])) {
      cache.hold(key, { row: JSON.parse(row) as unknown, text: row });
      asked.delete(key);
    }
    for (const key of asked) cache.hold(key, null);
  }

  private fold(held: CachedRow, { step, event, key, place }: Waiting<One>): void {
    const { parking } = this;
    if (parking?.mayFold(step, key) === false) return;
    this.rows.begin(held, Number(step.stored.position), place * PLACES_OF_ROW);
    try {
      foldKey(this.parts.projection, this.rows, { event, key });
    } catch (fault) {
      if (!parking) throw fault;
      parking.failed(step, key, fault);
    }
  }
}
