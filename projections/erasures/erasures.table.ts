import type { ReadModel } from '#read-store/read-model';
import { erasures, type ErasureEvent, type ErasureRow } from './erasures.projection';

export const erasuresModel: ReadModel<ErasureEvent, ErasureRow> = {
  projection: erasures,
  columns: {
    network_id: { type: 'text', of: (row) => row.networkId },
    state: { type: 'text', of: ({ erased }) => (erased ? 'erased' : 'open') },
    since: { type: 'text', of: ({ asked, erased }) => erased?.at ?? asked?.at ?? null },
  },
  indexes: ['(network_id, state, since, key)'],
  // An officer must not take a list with a gap for the whole.
  onPoison: 'stop',
};
