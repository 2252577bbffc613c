import type { ReadModel } from '#read-store/read-model';
import type { RetentionEvent } from '#domain/retention/retention.events';
import { retentionRuns, type RetentionRunRow } from './retention-runs.projection';

export const retentionRunsModel: ReadModel<RetentionEvent, RetentionRunRow> = {
  projection: retentionRuns,
  columns: {
    network_id: { type: 'text', of: (row) => row.networkId },
    by_policy: { type: 'boolean', of: (row) => row.periods !== null },
    started_at: { type: 'text', of: (row) => row.startedAt },
  },
  indexes: ['(network_id, started_at, key)'],
};
