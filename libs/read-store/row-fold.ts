import { setImmediate as turn } from 'node:timers/promises';
import type { RecordedEvent } from '#event-store/codec.port';
import { START, type Position } from '#event-store/log.port';
import type { EventId } from '#kernel/id';
import { distinct, foldKey, type Rows } from './fold';
import { KeyFilter } from './key-filter';
import type { Parking } from './parking';
import type { AnyReadModel } from './read-model';
import { RowCache, type Held } from './row-cache';
import { changesOf, type Sealed, type Told } from './row-writer';

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
  /** Keys that the table may have, each of them; without it, a table that was not empty is asked for every key. */
  readonly stored?: KeyFilter;
  /** Of several that share the keys between them, the share of this one. */
  readonly isOurs?: (key: string) => boolean;
}

/** One event to fold. @throws CodecFault where it cannot be read */
export interface Step {
  readonly stored: { readonly position: Position };
  readonly event: () => RecordedEvent;
}

export interface TakenAt<One extends Step> {
  /** Where the table will stand once the writes under way are through. */
  readonly at: Position;
  /** What becomes of events that cannot be folded; without it, the fault is thrown. */
  readonly parking?: Pick<Parking<One>, 'admit' | 'mayFold' | 'failed'>;
}

/** Events folded in one go, before other work gets its turn: some milliseconds. */
const AT_ONCE = 128;
/** Of more rows at once the texts are not kept to compare with: far behind, memory is dearer than a row written once more. */
const TEXTS_KEPT = 256;
/** An evidence's ordinal: the event's position, the number of the row among those that it names, and a number within the row. */
const PLACES = { event: 65_536n, row: 64 } as const;

interface Named<One> {
  readonly step: One;
  readonly event: RecordedEvent;
  readonly keys: readonly string[];
  /** The row of each key; none where the key is not ours. */
  readonly rows: (Held | undefined)[];
}

/** What was folded since the last seal. */
interface Open {
  readonly dirty: Held[];
  readonly told: Map<string, Told>;
  readonly cleared: Set<string>;
}

const nothing = (): Open => ({ dirty: [], told: new Map(), cleared: new Set() });

/** Before the first. */
const NO_ROW: Held = { key: '', row: null, text: null, dirty: true, writing: false, used: 0, bytes: 0, told: undefined };

/** Folds one read model's events on rows in memory. It holds only while nobody else moves its table. */
export class RowFold<One extends Step = Step> {
  private cache: RowCache | undefined;
  private open = nothing();
  private underWay: readonly Held[] = [];
  /** What is folded now. */
  private held = NO_ROW;
  /** Of the event that is folded now; made where it is needed. */
  private firstOrdinal: bigint | undefined;
  private position: Position = START;
  /** Within the event. */
  private place = 0;

  constructor(private readonly parts: RowFoldParts) {}

  async take(steps: readonly One[], { at, parking }: TakenAt<One>): Promise<void> {
    const cache = (this.cache ??= new RowCache(this.parts.memoryBytes, this.parts.stored ?? (at === START ? new KeyFilter() : null)));
    for (let from = 0; from < steps.length; from += AT_ONCE) {
      if (from > 0) await turn();
      const named: Named<One>[] = [];
      for (let index = from; index < Math.min(from + AT_ONCE, steps.length); index += 1) {
        const one = this.name(steps[index]!, parking);
        if (one) named.push(one);
      }
      await this.load(cache, named);
      for (const one of named) this.fold(one, parking);
    }
  }

  /**
   * Ends what was folded since the last call; every earlier write is committed by then. The rows' present state is what the answer
   * gives when it is called, however far the fold has gone on.
   */
  seal(): () => Promise<Sealed> {
    const { dirty, told, cleared } = this.open;
    for (const held of this.underWay) held.writing = false;
    for (const held of dirty) {
      held.dirty = false;
      held.writing = true;
    }
    const rows = dirty.map(({ row }) => row);
    for (const held of dirty) held.told = undefined;
    this.open = nothing();
    this.underWay = dirty;
    this.cache?.shrink();
    return async () => {
      const touched = dirty.map(({ key, text }, index) => ({ key, row: rows[index], before: text }));
      const isKept = dirty.length <= TEXTS_KEPT;
      const changes = await changesOf(touched, (index, text) => this.cache?.written(dirty[index]!, text, isKept));
      return { ...changes, told, cleared };
    };
  }

  private name(step: One, parking: TakenAt<One>['parking']): Named<One> | null {
    if (!parking) {
      const event = step.event();
      return { step, event, keys: distinct(this.parts.projection.keys(event)), rows: [] };
    }
    const admitted = parking.admit(step);
    return admitted === null ? null : { step, event: admitted.event, keys: admitted.keys, rows: [] };
  }

  /** Afterwards each event has every row of ours that it names. */
  private async load(cache: RowCache, events: readonly Named<One>[]): Promise<void> {
    const { isOurs } = this.parts;
    const asked = new Map<string, Held | undefined>();
    for (const { keys, rows } of events) {
      for (const key of keys) {
        let held: Held | undefined;
        if (isOurs?.(key) !== false) {
          held = cache.get(key);
          if (!held && cache.mayBeStored(key)) asked.set(key, undefined);
          else held ??= cache.hold(key, null);
        }
        rows.push(held);
      }
    }
    if (asked.size === 0) return;
    for (const { key, row } of await this.parts.load([...asked.keys()]))
      asked.set(key, cache.hold(key, { row: JSON.parse(row) as unknown, text: row }));
    for (const { keys, rows } of events) {
      for (const [place, key] of keys.entries()) {
        if (rows[place] || !asked.has(key)) continue;
        const held = asked.get(key) ?? cache.hold(key, null);
        asked.set(key, held);
        rows[place] = held;
      }
    }
  }

  private fold({ step, event, keys, rows }: Named<One>, parking: TakenAt<One>['parking']): void {
    this.position = step.stored.position;
    this.firstOrdinal = undefined;
    for (let place = 0; place < keys.length; place += 1) {
      const key = keys[place]!;
      const held = rows[place];
      if (!held || parking?.mayFold(step, key) === false) continue;
      this.held = held;
      this.place = place * PLACES.row;
      try {
        foldKey(this.parts.projection, this.rows, { event, key });
      } catch (fault) {
        if (!parking) throw fault;
        parking.failed(step, key, fault);
      }
    }
  }

  /** The one row that is folded now. */
  private readonly rows: Rows<unknown> = {
    get: () => this.held.row,
    put: (_key, row) => {
      const { held } = this;
      held.row = row;
      if (held.dirty) return;
      held.dirty = true;
      this.open.dirty.push(held);
    },
    tell: (_key, eventId) => this.tell(eventId),
    clear: (key) => {
      this.held.told = undefined;
      this.open.told.delete(key);
      this.open.cleared.add(key);
    },
  };

  private tell(eventId: EventId): void {
    const { held } = this;
    if (!held.told) this.open.told.set(held.key, (held.told = { ordinals: [], eventIds: [] }));
    this.firstOrdinal ??= BigInt(this.position) * PLACES.event;
    held.told.ordinals.push(this.firstOrdinal + BigInt(this.place));
    held.told.eventIds.push(eventId);
    this.place += 1;
  }
}
