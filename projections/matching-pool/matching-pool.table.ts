import type { ReadModel } from '#read-store/read-model';
import { matchingPool, type PoolEvent, type PoolRow } from './matching-pool.projection';

const inRound = (row: PoolRow): boolean =>
  row.kind === 'offer' || row.kind === 'request' ? !row.over && !row.paused && !row.contested && !row.matched : true;

export const matchingPoolModel: ReadModel<PoolEvent, PoolRow> = {
  projection: matchingPool,
  columns: {
    network_id: { type: 'text', of: (row) => row.networkId },
    kind: { type: 'text', of: (row) => row.kind },
    /** What a round reads: no ended offer, no held request. */
    in_round: { type: 'boolean', of: inRound },
    topic_ref: { type: 'text', of: (row) => ('topicText' in row && typeof row.topicText === 'object' ? row.topicText.ref : null) },
  },
  indexes: ['(network_id, kind, in_round, key)'],
};
