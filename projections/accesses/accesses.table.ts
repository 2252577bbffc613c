import type { ReadModel } from '#read-store/read-model';
import { accesses, type AccessEvent, type AccessRow } from './accesses.projection';

export const accessesModel: ReadModel<AccessEvent, AccessRow> = {
  projection: accesses,
  columns: {
    network_id: { type: 'text', of: (row) => row.networkId },
    subject: { type: 'text', of: (row) => row.subject },
    purpose: { type: 'text', of: (row) => row.purpose },
    at: { type: 'text', of: (row) => row.at },
  },
  indexes: ['(network_id, subject)', '(network_id, purpose)'],
  // An auditor must not take a list with a gap for the whole.
  onPoison: 'stop',
};
