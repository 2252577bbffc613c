import type { ReadModel } from '#read-store/read-model';
import { satisfaction, type SatisfactionEvent, type SatisfactionRow } from './satisfaction.projection';

export const satisfactionModel: ReadModel<SatisfactionEvent, SatisfactionRow> = {
  projection: satisfaction,
  columns: {
    network_id: { type: 'text', of: (row) => row.networkId },
    kind: { type: 'text', of: (row) => row.kind },
  },
  indexes: ['(network_id, kind)'],
};
