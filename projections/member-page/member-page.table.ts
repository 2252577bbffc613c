import type { ReadModel } from '#read-store/read-model';
import { memberPage, type PageEvent, type PageRow } from './member-page.projection';

/** On whose page a row is. */
const membersOf = (row: PageRow): readonly string[] => {
  if (!('participants' in row)) return [row.memberId];
  if (row.toldTo === 'participants') return row.participants.map(({ memberId }) => memberId);
  return row.toldTo === null ? [] : [row.toldTo];
};

export const memberPageModel: ReadModel<PageEvent, PageRow> = {
  projection: memberPage,
  columns: {
    network_id: { type: 'text', of: (row) => row.networkId },
    kind: { type: 'text', of: (row) => row.kind },
    status: { type: 'text', of: (row) => row.status },
    members: { type: 'text[]', of: membersOf },
  },
  indexes: ['USING gin (members)', '(network_id, kind, status, key)'],
};
