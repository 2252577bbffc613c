import type { ReadModel } from '#read-store/read-model';
import type { MemberId } from '#domain/ids';
import { memberPage, type PageEvent, type PageRow } from './member-page.projection';

/** On whose page a row is: of a match and an exchange on its mediator's, too. */
export const membersOf = (row: PageRow): readonly MemberId[] => {
  if (!('participants' in row)) return [row.memberId];
  if (row.toldTo !== 'participants') return row.toldTo === null ? [] : [row.toldTo];
  const takingPart = row.participants.map(({ memberId }) => memberId);
  return row.mediatorId === null ? takingPart : [...takingPart, row.mediatorId];
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
