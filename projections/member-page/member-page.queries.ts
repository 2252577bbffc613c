import { Inject } from '@nestjs/common';
import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { sql } from 'kysely';
import type { ReadStore, ReadPosition } from '#read-store/read-store.port';
import { refsIn, revealed } from '#read-store/personal-refs';
import { READ_STORE } from '#read-store/tokens';
import type { MemberId, NetworkId } from '#domain/ids';
import type { Viewer } from '#domain/match/who-sees-whom';
import { showAffairs } from './affairs.queries';
import type { EntryRow } from './entry.fold';
import { affairOf, meetingOf, type Meeting } from './meeting';
import type { MeetingRow } from './meeting.fold';
import type { MemberRow } from './member.fold';
import type { PageRow } from './member-page.projection';
import { memberPageModel } from './member-page.table';

/** `pending`: written in their name, and published by nobody but them (R6). */
/** `uncontestedState` is what the row calls `standing`: what it is beside a contest. */
export type ShownEntry = Omit<EntryRow, 'status' | 'standing'> & {
  readonly status: EntryRow['status'] | 'pending';
  readonly uncontestedState: EntryRow['standing'] | 'pending';
};

/** Rows with their texts in clear, for the person themself. */
export interface MemberPage {
  readonly readPosition: ReadPosition;
  readonly member: Omit<MemberRow, 'pending'> | null;
  /** What waits for their word first, then theirs by key. */
  readonly entries: readonly ShownEntry[];
  /** Each as this member may see it (§7). */
  readonly meetings: readonly Meeting[];
  readonly next: string | null;
}

/** `memberId` sees their own page; `cursor` pages entries and meetings together, by key. */
export class ReadMemberPage extends Query<MemberPage> {
  constructor(
    readonly networkId: NetworkId,
    readonly memberId: MemberId,
    readonly page: { readonly limit: number; readonly cursor?: string },
  ) {
    super();
  }
}

/** R11: a place is kept free before the match is open; until they are told of it, it is no engagement that they know. */
const told = (member: MemberRow, known: readonly string[]): MemberRow => ({
  ...member,
  engagements: member.engagements.filter(({ matchId }) => known.includes(`match/${matchId}`)),
});

const pendingOf = ({ networkId, memberId, pending }: MemberRow): readonly ShownEntry[] => {
  const waiting = { networkId, memberId, status: 'pending', uncontestedState: 'pending', matchId: null } as const;
  return [
    ...pending.offers.map(({ offerId, content }) => ({ kind: 'offer' as const, id: offerId, content, ...waiting })),
    ...pending.requests.map(({ requestId, content }) => ({ kind: 'request' as const, id: requestId, content, ...waiting })),
  ];
};

const shownEntry = ({ standing, ...entry }: EntryRow): ShownEntry => ({ ...entry, uncontestedState: standing });

const shownMember = ({ pending: _, ...member }: MemberRow): Omit<MemberRow, 'pending'> => member;

@QueryHandler(ReadMemberPage)
export class ReadMemberPageHandler implements IQueryHandler<ReadMemberPage> {
  constructor(@Inject(READ_STORE) private readonly store: ReadStore) {}

  async execute({ networkId, memberId, page }: ReadMemberPage): Promise<MemberPage> {
    const { readPosition, result } = await this.store.read([memberPageModel], async (tx, tableOf) => {
      const table = sql.table(tableOf(memberPageModel));
      const own = sql<{ row: string }>`select row from ${table} where key = ${`member/${memberId}`} and network_id = ${networkId}`;
      const member = (await own.execute(tx)).rows.map(({ row }) => JSON.parse(row) as MemberRow)[0];
      const matches = member?.engagements.map(({ matchId }) => `match/${matchId}`) ?? [];
      const known = await sql<{ key: string }>`
        select key from ${table} where key = any(${matches}::text[]) and members @> array[${memberId}]::text[]`.execute(tx);
      const rest = await sql<{ key: string; row: string }>`
        select key, row from ${table}
        where members @> array[${memberId}]::text[] and network_id = ${networkId} and kind <> 'member' and key > ${page.cursor ?? ''}
        order by key limit ${page.limit + 1}`.execute(tx);
      const keys = known.rows.map(({ key }) => key);
      return { member: member ? told(member, keys) : null, rest: rest.rows };
    });
    const shown = result.rest.slice(0, page.limit);
    const rows = shown.map(({ row }) => JSON.parse(row) as PageRow);
    const entries = rows.filter((row): row is EntryRow => row.kind === 'offer' || row.kind === 'request');
    const own = { member: result.member, entries };
    const { member, entries: published } = revealed(own, await this.store.texts(refsIn(own)));
    return {
      readPosition,
      member: member && shownMember(member),
      entries: [...(member && page.cursor === undefined ? pendingOf(member) : []), ...published.map(shownEntry)],
      meetings: await this.meetings(
        rows.filter((row): row is MeetingRow => row.kind === 'match' || row.kind === 'exchange'),
        { networkId, memberId },
      ),
      next: result.rest.length > page.limit ? (shown.at(-1)?.key ?? null) : null,
    };
  }

  private async meetings(
    rows: readonly MeetingRow[],
    { networkId, memberId }: Pick<ReadMemberPage, 'networkId' | 'memberId'>,
  ): Promise<readonly Meeting[]> {
    // On one's page is what one takes part in or is named the mediator of: no other right counts here.
    const viewer: Viewer = { memberId, facilitates: false, mediators: [] };
    const seen = await showAffairs(this.store, { networkId, viewer, affairs: rows.map(affairOf) });
    return rows.flatMap((row, index) => (seen[index] ? [meetingOf(row, seen[index], viewer)] : []));
  }
}
