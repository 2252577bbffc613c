import type { ReadModel } from '#read-store/read-model';
import type { RiskEvent } from './risk.handles';
import { risk, type RiskRow } from './risk.projection';

export const riskModel: ReadModel<RiskEvent, RiskRow> = {
  projection: risk,
  columns: {
    network_id: { type: 'text', of: (row) => row.networkId },
    kind: { type: 'text', of: (row) => row.kind },
  },
  indexes: ['(network_id, kind)'],
};
