import type { ReadModel } from '#read-store/read-model';
import { memberPage, type PageEvent, type PageRow } from './member-page.projection';

const membersOf = (row: PageRow): readonly string[] =>
  'participants' in row ? row.participants.map(({ memberId }) => memberId) : [row.memberId];

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
