import type { Kysely, Transaction } from 'kysely';
import type { Position } from '#event-store/log.port';
import type { AnyReadModel } from './read-model';

/** Tables are made at run time, one a projection and version: kysely is used with dynamic table names. */
export type ReadDatabase = Record<string, Record<string, unknown>>;

/** `read.<name>_v<version>`, of the build that serves. */
export type TableOf = (model: AnyReadModel) => string;

/** Where and when an answer stands. */
export interface ReadPosition {
  readonly logId: string;
  readonly position: Position;
  /** recordedAt of the event at `position`; null on an empty log. */
  readonly recordedAt: string | null;
  /** Which builds were read: answers of two builds at one position may differ. */
  readonly builds: string;
}

export interface ReadStore {
  readonly db: Kysely<ReadDatabase>;
  /**
   * One snapshot (repeatable read) of rows and position together; `table` gives each model's table as of this snapshot.
   * @throws NotActive where another version of a model serves, or none yet: see `byActiveVersion`
   */
  read<T>(
    models: readonly AnyReadModel[],
    query: (tx: Transaction<ReadDatabase>, table: TableOf) => Promise<T>,
  ): Promise<{ readonly readPosition: ReadPosition; readonly result: T }>;
  /**
   * What one statement can tell, for a hot path: rows and position in one round trip, prepared once a connection.
   * @param statement a `select` that counts its `values` from $2
   * @throws NotActive as `read` does
   */
  readOnce<Row>(
    models: readonly AnyReadModel[],
    statement: (table: TableOf) => string,
    values: readonly unknown[],
  ): Promise<{ readonly readPosition: ReadPosition; readonly rows: readonly Row[] }>;
  /** Resolves once every named projection stands at or after `position`; rejects with WaitTimedOut after `ms`. */
  waitFor(models: readonly string[], position: Position, ms: number): Promise<void>;
  /** Ids of the events behind rows, in log order, paged. */
  evidence(
    projection: string,
    keys: readonly string[],
    page: { readonly after?: string; readonly limit: number },
  ): Promise<{ readonly eventIds: readonly string[]; readonly next: string | null }>;
  /** Clear texts by reference; erased or unknown ones are missing from the map. */
  texts(refs: readonly string[]): Promise<ReadonlyMap<string, string>>;
}

export class WaitTimedOut extends Error {}

/** The version that serves is not the one that was asked for: another version's code has to answer. */
export class NotActive extends Error {
  constructor(names: string) {
    super(`${names}: another version serves, or none yet`);
    this.name = 'NotActive';
  }
}
