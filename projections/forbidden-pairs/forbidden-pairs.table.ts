import type { ReadModel } from '#read-store/read-model';
import { forbiddenPairs, type ForbiddenPairRow, type PairEvent } from './forbidden-pairs.projection';

export const forbiddenPairsModel: ReadModel<PairEvent, ForbiddenPairRow> = {
  projection: forbiddenPairs,
  columns: {
    network_id: { type: 'text', of: (row) => row.networkId },
    since: { type: 'text', of: (row) => row.since },
    pair: { type: 'text[]', of: (row) => row.pair },
  },
  indexes: ['(network_id, since, key)'],
};
