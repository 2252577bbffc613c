import type { ReadModel } from '#read-store/read-model';
import { later } from '#domain/calendar';
import { keptTexts, type KeptEvent, type KeptRow } from './kept-texts.projection';

/** From when on the policy's months count; null while it goes on, and once it is erased. */
const since = ({ endedAt, followUpUntil, erasedAt }: KeptRow): string | null => {
  if (endedAt === null || erasedAt !== null) return null;
  return followUpUntil === null ? endedAt : later(endedAt, followUpUntil);
};

export const keptTextsModel: ReadModel<KeptEvent, KeptRow> = {
  projection: keptTexts,
  columns: {
    network_id: { type: 'text', of: (row) => row.networkId },
    kind: { type: 'text', of: (row) => row.kind },
    id: { type: 'text', of: (row) => row.id },
    since: { type: 'text', of: since },
    people: { type: 'text[]', of: (row) => row.people },
    disputed: { type: 'boolean', of: (row) => row.disputed },
    held_until: { type: 'text', of: (row) => row.heldUntil },
  },
  indexes: [
    '(network_id, since, key) where since is not null',
    '(network_id) where disputed',
    '(network_id, held_until) where held_until is not null',
  ],
};
