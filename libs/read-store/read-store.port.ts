import type { Kysely, Transaction } from 'kysely';
import type { Position } from '#event-store/log.port';
import type { AnyReadModel } from './read-model';

/** Tables are made at run time, one a projection and version: kysely is used with dynamic table names. */
export type ReadDatabase = Record<string, Record<string, unknown>>;

/** Where and when an answer stands. */
export interface Standing {
  readonly logId: string;
  readonly position: Position;
  /** recordedAt of the event at `position`; null on an empty log. */
  readonly recordedAt: string | null;
}

export interface ReadStore {
  readonly db: Kysely<ReadDatabase>;
  /** `read.<name>_v<version>`, of the version that serves. */
  table(model: AnyReadModel): string;
  /** One snapshot (repeatable read) of rows and position together. */
  read<T>(
    models: readonly AnyReadModel[],
    query: (tx: Transaction<ReadDatabase>) => Promise<T>,
  ): Promise<{ readonly standing: Standing; readonly result: T }>;
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
