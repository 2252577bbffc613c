import { Inject } from '@nestjs/common';
import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { sql } from 'kysely';
import type { MatchId, NetworkId } from '#domain/ids';
import { viewerRoleOf, type Viewer } from '#domain/match/who-sees-whom';
import type { ReadStore, ReadPosition } from '#read-store/read-store.port';
import { READ_STORE } from '#read-store/tokens';
import { showAffairs } from './affairs.queries';
import { affairOf, meetingOf, type Meeting } from './meeting';
import type { MeetingRow } from './meeting.fold';
import { memberPageModel, membersOf } from './member-page.table';

export interface MatchAnswer {
  readonly readPosition: ReadPosition;
  /** Null where there is none, or none that concerns who asks. */
  readonly match: Meeting | null;
}

export class ReadMatch extends Query<MatchAnswer> {
  constructor(
    readonly networkId: NetworkId,
    readonly matchId: MatchId,
    readonly viewer: Viewer,
  ) {
    super();
  }
}

/** R11: who takes part is told once it is open; a mediator and a facilitator, whenever it concerns them. */
const isTold = (row: MeetingRow, viewer: Viewer): boolean => {
  const role = viewerRoleOf({ encounter: affairOf(row), viewer });
  return role === 'participant' ? membersOf(row).includes(viewer.memberId) : role !== null;
};

@QueryHandler(ReadMatch)
export class ReadMatchHandler implements IQueryHandler<ReadMatch> {
  constructor(@Inject(READ_STORE) private readonly store: ReadStore) {}

  async execute({ networkId, matchId, viewer }: ReadMatch): Promise<MatchAnswer> {
    const { readPosition, result } = await this.store.read([memberPageModel], async (tx, tableOf) =>
      sql<{ row: string }>`select row from ${sql.table(tableOf(memberPageModel))}
        where key = ${`match/${matchId}`} and network_id = ${networkId}`.execute(tx),
    );
    const row = result.rows[0] ? (JSON.parse(result.rows[0].row) as MeetingRow) : null;
    if (!row || !isTold(row, viewer)) return { readPosition, match: null };
    const [seen] = await showAffairs(this.store, { networkId, viewer, affairs: [affairOf(row)] });
    return { readPosition, match: seen ? meetingOf(row, seen, viewer) : null };
  }
}
