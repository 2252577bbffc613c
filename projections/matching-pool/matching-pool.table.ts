import type { ReadModel } from '#read-store/read-model';
import { matchingPool, type PoolEvent, type PoolRow } from './matching-pool.projection';

export const matchingPoolModel: ReadModel<PoolEvent, PoolRow> = {
  projection: matchingPool,
  columns: {
    network_id: { type: 'text', of: (row) => row.networkId },
    kind: { type: 'text', of: (row) => row.kind },
    topic_ref: { type: 'text', of: (row) => ('topicText' in row && typeof row.topicText === 'object' ? row.topicText.ref : null) },
  },
  indexes: ['(network_id, kind, key)'],
};
