import type { Pool, PoolClient } from 'pg';
import { keepsChanges, recordChanges } from '../change-feed/changes';
import type { PipelinedConsumer, Entry, PrepareWrite } from '../checkpoints/consumer';
import type { Checkpoint } from '../checkpoints/projection-table';
import type { Parking } from './poison-policy';
import type { AnyReadModel } from '../read-model';
import type { ReadModelTable } from '../tables/read-model-table';
import { RowFold, type StoredRow } from './row-fold';
import { readyToWrite } from './row-writer';
import type { ControlTables } from '../tables/table-names';
import { arrayLiteral } from '../tables/array-literal';

export interface FolderParts {
  readonly model: AnyReadModel;
  readonly table: ReadModelTable;
  readonly tables: ControlTables;
  readonly memoryBytes: number;
  readonly pool: Pick<Pool | PoolClient, 'query'>;
  /** What becomes of events whose fold throws, as the table of parked ones has it now. */
  readonly parkingAt: (client: Pick<Pool | PoolClient, 'query'>, at: Checkpoint) => Promise<Parking>;
}

export const loadRows = async (
  pool: Pick<Pool | PoolClient, 'query'>,
  table: ReadModelTable,
  keys: readonly string[],
): Promise<readonly StoredRow[]> => (await pool.query<StoredRow>(table.load, [arrayLiteral(keys)])).rows;

/** Folds one read model's events in this thread, and writes the rows that changed. */
export class RowFolder implements PipelinedConsumer {
  private readonly fold: RowFold<Entry>;
  private parking: Parking | undefined;
  private at: Checkpoint | null = null;

  constructor(private readonly parts: FolderParts) {
    const { model, table, memoryBytes, pool } = parts;
    this.fold = new RowFold({ projection: model.projection, memoryBytes, load: (keys) => loadRows(pool, table, keys) });
  }

  readonly accept = async (entries: readonly Entry[], at: Checkpoint): Promise<void> => {
    this.at = at;
    const parking = (this.parking ??= await this.parts.parkingAt(this.parts.pool, at));
    await this.fold.accept(entries, { at: at.position, parking });
  };

  readonly flush = (): PrepareWrite => {
    const { at } = this;
    const { model, table, tables } = this.parts;
    const sealing = this.fold.flush({ withTexts: at !== null && keepsChanges(model, at) });
    const park = this.parking?.flush();
    return async () => {
      if (!at) return async () => undefined; // nothing was taken
      const sealed = await sealing();
      const write = await readyToWrite({ table, evidence: tables.evidence, projection: at.id }, sealed);
      return async (client, pace) => {
        await recordChanges(client, tables, { model, at, ...sealed });
        await write(client, pace);
        await park?.(client);
      };
    };
  };
}
