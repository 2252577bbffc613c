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
/** An evidence's ordinal: the event's position, the number of the row among those that it names, and a number within the row. */
const PLACES = { event: 65_536n, row: 64 } as const;

interface Named<One> {
  readonly step: One;
  readonly event: RecordedEvent;
  readonly keys: readonly string[];
}

/** What was folded since the last seal. */
interface Open {
  readonly dirty: Held[];
  readonly told: Map<string, Told>;
  readonly cleared: Set<string>;
}

const nothing = (): Open => ({ dirty: [], told: new Map(), cleared: new Set() });

/** Folds one read model's events on rows in memory. It holds only while nobody else moves its table. */
export class RowFold<One extends Step = Step> {
  private cache: RowCache | undefined;
  private open = nothing();
  private underWay: readonly Held[] = [];
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
    this.open = nothing();
    this.underWay = dirty;
    this.cache?.shrink();
    return async () => {
      const touched = dirty.map(({ key, text }, index) => ({ key, row: rows[index], before: text }));
      const changes = await changesOf(touched, (index, text) => this.cache?.written(dirty[index]!, text));
      return { ...changes, told, cleared };
    };
  }

  private name(step: One, parking: TakenAt<One>['parking']): Named<One> | null {
    if (!parking) {
      const event = step.event();
      return { step, event, keys: distinct(this.parts.projection.keys(event)) };
    }
    const admitted = parking.admit(step);
    return admitted === null ? null : { step, event: admitted.event, keys: admitted.keys };
  }

  /** Afterwards the cache holds every row of ours that these events name. */
  private async load(cache: RowCache, events: readonly Named<One>[]): Promise<void> {
    const asked = new Set<string>();
    for (const { keys } of events) {
      for (const key of keys) {
        if (this.parts.isOurs?.(key) === false || cache.get(key)) continue;
        if (cache.mayBeStored(key)) asked.add(key);
        else cache.hold(key, null);
      }
    }
    if (asked.size === 0) return;
    for (const { key, row } of await this.parts.load([...asked])) {
      cache.hold(key, { row: JSON.parse(row) as unknown, text: row });
      asked.delete(key);
    }
    for (const key of asked) cache.hold(key, null);
  }

  private fold({ step, event, keys }: Named<One>, parking: TakenAt<One>['parking']): void {
    this.position = step.stored.position;
    for (let place = 0; place < keys.length; place += 1) {
      const key = keys[place]!;
      if (this.parts.isOurs?.(key) === false || parking?.mayFold(step, key) === false) continue;
      this.place = place * PLACES.row;
      try {
        foldKey(this.parts.projection, this.rows, { event, key });
      } catch (fault) {
        if (!parking) throw fault;
        parking.failed(step, key, fault);
      }
    }
  }

  private readonly rows: Rows<unknown> = {
    get: (key) => this.held(key).row,
    put: (key, row) => {
      const held = this.held(key);
      held.row = row;
      if (held.dirty) return;
      held.dirty = true;
      this.open.dirty.push(held);
    },
    tell: (key, eventId) => this.tell(key, eventId),
    clear: (key) => {
      this.open.told.delete(key);
      this.open.cleared.add(key);
    },
  };

  private held(key: string): Held {
    const held = this.cache?.get(key);
    if (!held) throw new Error('a fold asked for a row that its event does not name');
    return held;
  }

  private tell(key: string, eventId: EventId): void {
    let told = this.open.told.get(key);
    if (!told) this.open.told.set(key, (told = { ordinals: [], eventIds: [] }));
    told.ordinals.push(BigInt(this.position) * PLACES.event + BigInt(this.place));
    told.eventIds.push(eventId);
    this.place += 1;
  }
}
