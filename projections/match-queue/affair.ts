import type { MemberId } from '#domain/ids';
import type { Affair } from '#domain/match/who-sees-whom';
import type { Participant } from '#domain/vocabulary';
import type { SharedRow } from './match-queue.projection';

const idsOf = (participants: readonly Participant[]): readonly MemberId[] => participants.map(({ memberId }) => memberId);

/** What nobody takes part in; so a case, whose file is for who may settle it. */
export const NOBODYS: Omit<Affair, 'others'> = {
  participants: [],
  formerly: [],
  accepted: [],
  mediatorId: null,
  isConfirmed: false,
  connection: null,
  agreement: null,
  reason: null,
};

/** A row as far as it decides who sees whom in it. @param who the person it waits for, if it is one */
export const affairOf = (row: SharedRow, who: MemberId | null): Affair => {
  const others = who === null ? [] : [who];
  switch (row.kind) {
    case 'match': {
      const { participants, accepted, mediatorId, connection, agreement, reason } = row;
      const isConfirmed = row.status !== 'proposed' && row.status !== 'opened';
      return { participants, formerly: [], accepted, mediatorId, isConfirmed, connection, agreement, reason, others };
    }
    case 'exchange': {
      const { participants, formerly, mediatorId } = row;
      const accepted = [...idsOf(participants), ...formerly];
      return { ...NOBODYS, participants, formerly, accepted, mediatorId, isConfirmed: true, others };
    }
    default:
      return { ...NOBODYS, others };
  }
};
