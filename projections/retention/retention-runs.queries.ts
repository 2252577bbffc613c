import { Inject } from '@nestjs/common';
import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { sql } from 'kysely';
import { cursorOf, readCursor } from '#read-store/cursor';
import type { ReadStore, ReadPosition } from '#read-store/read-store.port';
import { READ_STORE } from '#read-store/tokens';
import type { RetentionRunRow } from './retention-runs.projection';
import { retentionRunsModel } from './retention-runs.table';

export interface RetentionRun extends Omit<RetentionRunRow, 'networkId' | 'by'> {
  readonly state: 'running' | 'done' | 'elsewhere';
  readonly by: 'clock' | 'data-protection-officer' | null;
}

export interface RetentionRunsPage {
  readonly readPosition: ReadPosition;
  readonly runs: readonly RetentionRun[];
  readonly next: string | null;
}

/** Newest first. */
export class ListRetentionRuns extends Query<RetentionRunsPage> {
  constructor(
    readonly networkId: string,
    readonly page: { readonly limit: number; readonly cursor?: string },
  ) {
    super();
  }
}

const shownRun = ({ networkId: _, by, ...run }: RetentionRunRow): RetentionRun => {
  if (run.runId === null) return { ...run, state: 'elsewhere', by: null };
  return { ...run, state: run.endedAt === null ? 'running' : 'done', by: by === null ? 'clock' : 'data-protection-officer' };
};

@QueryHandler(ListRetentionRuns)
export class ListRetentionRunsHandler implements IQueryHandler<ListRetentionRuns> {
  constructor(@Inject(READ_STORE) private readonly store: ReadStore) {}

  async execute({ networkId, page }: ListRetentionRuns): Promise<RetentionRunsPage> {
    const before = page.cursor === undefined ? null : readCursor(page.cursor, ['text', 'text']);
    const older = before === null ? sql`` : sql`and (started_at, key) < (${before[0]}, ${before[1]})`;
    const { readPosition, result } = await this.store.read([retentionRunsModel], async (tx, tableOf) =>
      sql<{ key: string; row: string }>`select key, row from ${sql.table(tableOf(retentionRunsModel))}
        where network_id = ${networkId} ${older} order by started_at desc, key desc limit ${page.limit + 1}`.execute(tx),
    );
    const shown = result.rows.slice(0, page.limit).map(({ key, row }) => ({ key, row: JSON.parse(row) as RetentionRunRow }));
    const last = shown.at(-1);
    return {
      readPosition,
      runs: shown.map(({ row }) => shownRun(row)),
      next: last !== undefined && result.rows.length > shown.length ? cursorOf(last.row.startedAt, last.key) : null,
    };
  }
}
