import type { ReadModel } from '#read-store/read-model';
import type { CaseRow } from './case.row';
import { cases, type CaseEvent } from './cases.projection';

export const casesModel: ReadModel<CaseEvent, CaseRow> = {
  projection: cases,
  columns: {
    network_id: { type: 'text', of: (row) => row.networkId },
    /** What the cases here go by; empty where there never was one. */
    case_ids: { type: 'text[]', of: (row) => [...new Set(row.cases.map(({ id }) => id))] },
    since: { type: 'text', of: (row) => row.cases[0]?.openedAt ?? null },
  },
  indexes: ['USING gin (case_ids)', '(network_id, since) WHERE since IS NOT NULL'],
};
