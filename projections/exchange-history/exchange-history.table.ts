import type { ReadModel } from '#read-store/read-model';
import type { ExchangeEvent } from '#domain/exchange/exchange.events';
import { exchangeHistory, type HistoryRow } from './exchange-history.projection';

export const exchangeHistoryModel: ReadModel<ExchangeEvent, HistoryRow> = {
  projection: exchangeHistory,
  columns: {
    network_id: { type: 'text', of: (row) => row.networkId },
    status: { type: 'text', of: (row) => row.status },
    /** Participants and the mediator: who may open it as their own. */
    members: {
      type: 'text[]',
      of: (row) => [...row.participants.map(({ memberId }) => memberId), ...(row.mediatorId ? [row.mediatorId] : [])],
    },
    ever_members: { type: 'text[]', of: (row) => row.agreedBy },
    agreed_at: { type: 'text', of: (row) => row.timeline[0]?.occurredAt ?? null },
  },
  indexes: ['(network_id, agreed_at, key)', 'USING gin (members)', 'USING gin (ever_members)'],
  // An auditor must not take a history with a gap for the whole.
  onPoison: 'stop',
};
