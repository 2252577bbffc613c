import type { ReadModel } from '#read-store/read-model';
import { matchQueue, type QueueEvent, type QueueRow } from './match-queue.projection';

export const matchQueueModel: ReadModel<QueueEvent, QueueRow> = {
  projection: matchQueue,
  columns: {
    /** None of what one person alone is told: no feed of a network has it, nor that it changed. */
    network_id: { type: 'text', of: (row) => (row.kind === 'asked' ? null : row.networkId) },
    kind: { type: 'text', of: (row) => row.kind },
    /** Member ids and roles that something waits for. */
    waits_for: { type: 'text[]', of: (row) => [...new Set(row.waits.map(({ who }) => who))] },
    since: { type: 'text', of: (row) => row.waits.map(({ since }) => since).sort()[0] ?? null },
  },
  keepsChanges: true,
  indexes: ['(network_id, since, key)', 'USING gin (waits_for)'],
};
