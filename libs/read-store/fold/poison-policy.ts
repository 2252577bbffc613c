import type { Pool, PoolClient } from 'pg';
import type { RecordedEvent } from '#event-store/codec.port';
import type { Position } from '#event-store/log.port';
import type { Entry } from '../checkpoints/consumer';
import { buildsIn, type Checkpoint } from '../checkpoints/projection-table';
import { distinct } from './fold';
import type { AnyReadModel } from '../read-model';
import type { ControlTables } from '../tables/table-names';
import { arrayLiteral } from '../tables/array-literal';

/** An event, and those of its keys that may be folded. */
export interface Admitted {
  readonly event: RecordedEvent;
  readonly keys: readonly string[];
}

/** What one read model does about events whose fold throws; beside the fold, event after event in log order. */
export interface Parking<One = Entry> {
  /** Null: no row of this event is folded now. @throws what decoding it or naming its keys threw, where the model stops at poison */
  readonly admit: (entry: One) => Admitted | null;
  /** Whether one key of an admitted event may be folded: not where it was skipped, or waits behind a parked one. */
  readonly mayFold: (entry: One, key: string) => boolean;
  /** Folding that key threw. @throws it, where the model stops at poison */
  readonly failed: (entry: One, key: string, fault: unknown) => void;
  /** The write of all that was parked since the last call. */
  readonly flush: () => (client: Pick<PoolClient, 'query'>) => Promise<void>;
}

const writesNothing = async (): Promise<void> => undefined;

const admitted = (model: AnyReadModel, entry: Entry): Admitted => {
  const event = entry.event();
  return { event, keys: distinct(model.projection.keys(event)) };
};

/** For models of an audit: a row that lacks a fact would mislead, so nothing goes on behind a fault. */
export const stopsAtPoison = (model: AnyReadModel): Parking => ({
  admit: (entry) => admitted(model, entry),
  mayFold: () => true,
  failed: (_entry, _key, fault) => {
    throw fault;
  },
  flush: () => writesNothing,
});

/** The class of a fault: its message may quote what a person wrote. */
export const classOf = (fault: unknown): string => (fault instanceof Error && /^\w{1,60}$/.test(fault.name) ? fault.name : 'Error');

interface Parked {
  readonly entry: Entry;
  readonly unknown: boolean;
  readonly key: string;
  /** Null: it waits behind another. */
  readonly fault: string | null;
}

/** What is parked already, as far as the fold asks. */
interface Known {
  readonly unknown: boolean;
  readonly key: string;
  /** Of the first that is parked; null where it was skipped. */
  readonly first: Position | null;
  readonly skipped: string | null;
}

/** So many events parked in one build are no accident of an event, but of the code. */
export const MOST_PARKED = 10_000;

export class TooManyParked extends Error {
  constructor() {
    super(`more than ${MOST_PARKED} events wait behind a fault: mend the fold, then rebuild`);
    this.name = 'TooManyParked';
  }
}

const nameOf = (of: { readonly unknown: boolean; readonly key: string }): string => `${of.unknown ? 'stream' : 'row'} ${of.key}`;

/**
 * Parks what throws: of an event whose fold throws for one row, that row's part only; later events of the row wait behind it. An event
 * that cannot be read, or whose keys cannot be told, is parked under its stream: later events of that stream wait, each under its rows.
 * Valid as long as the checkpoint moves by nobody else: whoever retries or skips raises the epoch.
 */
export class ParksPoison implements Parking {
  /** By row or stream: where its first parked event lies. */
  private readonly first = new Map<string, Position>();
  private readonly skipped = new Set<string>();
  private count = 0;
  private parked: Parked[] = [];

  constructor(
    private readonly model: AnyReadModel,
    private readonly at: { readonly id: number; readonly tables: ControlTables },
    known: readonly Known[],
  ) {
    for (const one of known) {
      if (one.first !== null) this.first.set(nameOf(one), one.first);
      if (one.skipped !== null) this.skipped.add(`${one.skipped} ${nameOf(one)}`);
    }
  }

  readonly admit = (entry: Entry): Admitted | null => {
    if (this.first.size === 0 && this.skipped.size === 0) return this.read(entry);
    const ofStream = { unknown: true, key: entry.stored.stream };
    // Mended or not: it was dropped for good.
    if (this.isSkipped(ofStream, entry)) return null;
    const one = this.read(entry);
    if (one === null || !this.waits(ofStream, entry)) return one;
    for (const key of one.keys) if (!this.isSkipped({ unknown: false, key }, entry)) this.park({ entry, unknown: false, key, fault: null });
    return null;
  };

  readonly mayFold = (entry: Entry, key: string): boolean => {
    if (this.first.size === 0 && this.skipped.size === 0) return true;
    const of = { unknown: false, key };
    if (this.isSkipped(of, entry)) return false;
    if (!this.waits(of, entry)) return true;
    this.park({ entry, ...of, fault: null });
    return false;
  };

  readonly failed = (entry: Entry, key: string, fault: unknown): void => this.park({ entry, unknown: false, key, fault: classOf(fault) });

  readonly flush = (): ((client: Pick<PoolClient, 'query'>) => Promise<void>) => {
    if (this.parked.length === 0) return writesNothing;
    const sealed = this.parked;
    this.parked = [];
    return (client) => insertParked(client, this.at, sealed);
  };

  private read(entry: Entry): Admitted | null {
    try {
      return admitted(this.model, entry);
    } catch (fault) {
      this.park({ entry, unknown: true, key: entry.stored.stream, fault: classOf(fault) });
      return null;
    }
  }

  private waits(of: { readonly unknown: boolean; readonly key: string }, { stored }: Entry): boolean {
    if (this.first.size === 0) return false;
    const first = this.first.get(nameOf(of));
    return first !== undefined && first < stored.position;
  }

  private isSkipped(of: { readonly unknown: boolean; readonly key: string }, { stored }: Entry): boolean {
    return this.skipped.size > 0 && this.skipped.has(`${stored.eventId} ${nameOf(of)}`);
  }

  private park(one: Parked): void {
    this.count += 1;
    if (this.count > MOST_PARKED) throw new TooManyParked();
    this.parked.push(one);
    const { position } = one.entry.stored;
    const first = this.first.get(nameOf(one));
    if (first === undefined || position < first) this.first.set(nameOf(one), position);
  }
}

/** As the table has it now. A skip counts for every build of the name, whatever its version. */
export const loadParking = async (
  client: Pick<Pool | PoolClient, 'query'>,
  model: AnyReadModel,
  { at, tables }: { readonly at: Pick<Checkpoint, 'id' | 'name'>; readonly tables: ControlTables },
): Promise<Parking> => {
  if (model.onPoison === 'stop') return stopsAtPoison(model);
  const { rows } = await client.query<Known>(
    `select unknown, key, min(position) as first, null::text as skipped from ${tables.parked}
     where projection = $1 and state = 'parked' group by unknown, key
     union all
     select k.unknown, k.key, null, k.event_id::text from ${tables.parked} k join ${buildsIn(tables, 'all')} p on p.id = k.projection
     where p.name = $2 and k.state = 'skipped'`,
    [at.id, at.name],
  );
  return new ParksPoison(model, { id: at.id, tables }, rows);
};

const insertParked = async (
  client: Pick<PoolClient, 'query'>,
  { id, tables }: { readonly id: number; readonly tables: ControlTables },
  parked: readonly Parked[],
): Promise<void> => {
  const column = (of: (one: Parked) => string | null): string => arrayLiteral(parked.map(of));
  await client.query(
    `insert into ${tables.parked} (projection, unknown, key, position, event_id, type, stream, revision, fault, attempts)
     select $1, unknown::boolean, key, position, event_id::uuid, type, stream, revision::integer, fault, (fault is not null)::integer
     from unnest($2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[], $9::text[])
       as given (unknown, key, position, event_id, type, stream, revision, fault)`,
    [
      id,
      column(({ unknown }) => String(unknown)),
      column(({ key }) => key),
      column(({ entry }) => entry.stored.position),
      column(({ entry }) => entry.stored.eventId),
      column(({ entry }) => entry.stored.type),
      column(({ entry }) => entry.stored.stream),
      column(({ entry }) => String(entry.stored.revision)),
      column(({ fault }) => fault),
    ],
  );
};
