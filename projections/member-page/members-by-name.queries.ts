import { Inject } from '@nestjs/common';
import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { sql } from 'kysely';
import type { MemberId, NetworkId } from '#domain/ids';
import { cursorOf, readCursor } from '#read-store/cursor';
import { refsIn, revealed } from '#read-store/personal-refs';
import type { ReadPosition, ReadStore } from '#read-store/read-store.port';
import { controlTables } from '#read-store/tables/table-names';
import { READ_STORE } from '#read-store/tokens';
import { nameBegun } from '#search/names';
import { BY_INDEX } from '#search/search-sql';
import type { MemberRow } from './member.fold';
import { memberPageModel } from './member-page.table';

export interface FoundMember {
  readonly memberId: MemberId;
  readonly name: string;
  readonly status: MemberRow['status'];
  /** Two people of one name are told apart by them. */
  readonly site: string;
  readonly unit: string;
}

export interface FoundPage {
  readonly readPosition: ReadPosition;
  readonly members: readonly FoundMember[];
  readonly next: string | null;
}

/** Who has such a name, of those who entered and have not left (R6): by id, nobody before anybody (R4). */
export class MembersByName extends Query<FoundPage> {
  constructor(
    readonly networkId: NetworkId,
    /** Each of its words begins a word of theirs; neither accents nor capitals matter. */
    readonly name: string,
    readonly page: { readonly limit: number; readonly cursor?: string },
  ) {
    super();
  }
}

const personalText = sql.raw(controlTables().personalText);

@QueryHandler(MembersByName)
export class MembersByNameHandler implements IQueryHandler<MembersByName> {
  constructor(@Inject(READ_STORE) private readonly store: ReadStore) {}

  async execute({ networkId, name, page }: MembersByName): Promise<FoundPage> {
    const after = page.cursor === undefined ? '' : readCursor(page.cursor, ['text'])[0];
    const begun = nameBegun(name);
    const { readPosition, result } = await this.store.read([memberPageModel], async (tx, tableOf) => {
      if (begun === '') return [];
      await BY_INDEX.execute(tx);
      // Found by their words alone, then whose name it is now.
      const found = sql<{ key: string; row: string }>`
        select m.key, m.row from (select t.ref, t.owner from ${personalText} t where t.words @@ ${begun}::tsquery offset 0) t
        join ${sql.table(tableOf(memberPageModel))} m on m.key = 'member/' || t.owner and m.row::jsonb #>> '{name,ref}' = t.ref
        where m.network_id = ${networkId} and m.kind = 'member' and m.status in ('enrolled', 'paused', 'suspended') and m.key > ${after}
        order by m.key limit ${sql.lit(page.limit + 1)}`;
      return (await found.execute(tx)).rows;
    });
    const shown = result.slice(0, page.limit);
    const people = shown.map(({ row }) => JSON.parse(row) as MemberRow);
    const found = people.map(({ memberId, name: its, status, site, unit }) => ({ memberId, name: its, status, site, unit }));
    const members = revealed(found, await this.store.texts(refsIn(found))) as readonly FoundMember[];
    const last = shown.at(-1);
    return { readPosition, members, next: result.length > page.limit && last ? cursorOf(last.key) : null };
  }
}
