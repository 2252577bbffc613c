import { setImmediate as turn } from 'node:timers/promises';
import type { Pool } from 'pg';
import type { RecordedEvent } from '#event-store/codec.port';
import { START, type Position } from '#event-store/log.port';
import type { EventId } from '#kernel/id';
import type { Ahead, Entry, Standpoint, Write } from './consumer';
import { distinct, foldKeys, type Rows } from './fold';
import type { AnyReadModel } from './read-model';
import type { ReadModelTable } from './read-model-table';
import { recordChanges, type Written } from './changes';
import { RowCache, type Held } from './row-cache';
import { changesOf, writeEvidence, writeRows, type RowChanges, type Told, type Touched } from './row-writer';
import type { ControlTables } from './schema';
import { wireArray } from './wire-array';

export interface FolderParts {
  readonly model: AnyReadModel;
  readonly table: ReadModelTable;
  readonly tables: ControlTables;
  /** Rows kept in memory besides those not yet written. */
  readonly memoryBytes: number;
  readonly pool: Pick<Pool, 'query'>;
}

/** Events folded in one go, before other work gets its turn: some milliseconds. */
const AT_ONCE = 128;
/** How many facts one event may tell, at most, for each to have an ordinal of its own. */
const FACTS_AN_EVENT = 4096n;

interface Step {
  readonly position: Position;
  readonly event: RecordedEvent;
  readonly keys: readonly string[];
}

/** What was folded since the last write. */
interface Open {
  readonly dirty: Held[];
  readonly told: Map<string, Told>;
  readonly cleared: Set<string>;
}

const nothing = (): Open => ({ dirty: [], told: new Map(), cleared: new Set() });

/** Removed rows, as the table had them. */
const gone = (touched: readonly Touched[], { removed }: RowChanges): readonly Written[] => {
  if (removed.length === 0) return [];
  const keys = new Set(removed);
  return touched.flatMap(({ key, before }) => (before !== null && keys.has(key) ? [{ key, row: JSON.parse(before) as unknown }] : []));
};

/** Folds one read model's events on rows in memory, and writes those that changed. */
export class RowFolder implements Ahead {
  private cache: RowCache | undefined;
  private open = nothing();
  private underWay: readonly Held[] = [];
  private at: Pick<Standpoint, 'id' | 'position'> = { id: 0, position: START };
  private ordinal = 0n;

  constructor(private readonly parts: FolderParts) {}

  readonly take = async (entries: readonly Entry[], at: Standpoint): Promise<void> => {
    this.at = at;
    const cache = (this.cache ??= new RowCache(this.parts.memoryBytes, { fromEmpty: at.position === START }));
    for (let from = 0; from < entries.length; from += AT_ONCE) {
      if (from > 0) await turn();
      const steps = entries.slice(from, from + AT_ONCE).map(({ stored, event }) => this.step(stored.position, event()));
      await this.load(cache, steps);
      for (const { event, keys, position } of steps) {
        this.ordinal = BigInt(position) * FACTS_AN_EVENT;
        foldKeys(this.parts.model.projection, this.rows, { event, keys });
      }
    }
  };

  /** The rows' present state is what is written, however far the fold has gone on by then. */
  readonly seal = (): Write => {
    const { dirty, told, cleared } = this.open;
    for (const held of this.underWay) held.writing = false;
    for (const held of dirty) {
      held.dirty = false;
      held.writing = true;
    }
    const rows = dirty.map(({ row }) => row);
    const { at } = this;
    this.open = nothing();
    this.underWay = dirty;
    this.cache?.shrink();
    return async (client) => {
      const touched = dirty.map(({ key, text }, index) => ({ key, row: rows[index], before: text }));
      const changes = await changesOf(touched, (index, text) => this.cache?.written(dirty[index]!, text));
      await writeRows(client, this.parts.table, changes);
      await recordChanges(client, this.parts.tables, {
        model: this.parts.model,
        at,
        changed: changes.changed,
        removed: gone(touched, changes),
      });
      await writeEvidence(client, this.parts.tables, { projection: at.id, told, cleared });
    };
  };

  private step(position: Position, event: RecordedEvent): Step {
    return { position, event, keys: distinct(this.parts.model.projection.keys(event)) };
  }

  /** Afterwards the cache holds every row that these events name. */
  private async load(cache: RowCache, steps: readonly Step[]): Promise<void> {
    const asked = new Set<string>();
    for (const { keys } of steps) {
      for (const key of keys) {
        if (cache.get(key)) continue;
        if (cache.mayBeStored(key)) asked.add(key);
        else cache.hold(key, null);
      }
    }
    if (asked.size === 0) return;
    const { rows } = await this.parts.pool.query<{ key: string; row: string }>(this.parts.table.load, [wireArray([...asked])]);
    for (const { key, row } of rows) {
      cache.hold(key, { row: JSON.parse(row) as unknown, text: row });
      asked.delete(key);
    }
    for (const key of asked) cache.hold(key, null);
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
    told.ordinals.push(this.ordinal);
    told.eventIds.push(eventId);
    this.ordinal += 1n;
  }
}
