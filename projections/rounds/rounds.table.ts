import type { ReadModel } from '#read-store/read-model';
import { rounds, type RoundsEvent, type RoundsRow } from './rounds.projection';

export const roundsModel: ReadModel<RoundsEvent, RoundsRow> = {
  projection: rounds,
  columns: {
    network_id: { type: 'text', of: (row) => row.networkId },
    round_id: { type: 'text', of: (row) => row.roundId },
    kind: { type: 'text', of: (row) => row.kind },
    started_at: { type: 'text', of: (row) => (row.kind === 'round' ? row.startedAt : null) },
    became: { type: 'text', of: (row) => (row.kind === 'match' ? row.became : null) },
  },
  indexes: ["(network_id, started_at, key) WHERE kind = 'round'", '(round_id, kind, key)'],
};
