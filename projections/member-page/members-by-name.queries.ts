import { Inject } from '@nestjs/common';
import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { sql } from 'kysely';
import type { MemberId, NetworkId } from '#domain/ids';
import { cursorOf, readCursor } from '#read-store/cursor';
import { refsIn, revealed } from '#read-store/personal-refs';
import type { ReadPosition, ReadStore } from '#read-store/read-store.port';
import { controlTables } from '#read-store/tables/table-names';
import { READ_STORE } from '#read-store/tokens';
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

const { personalText, folded } = controlTables();
/** As words with a blank before each: `jean-pierre o’neil` is four. */
const spaced = (text: ReturnType<typeof sql>) => sql`' ' || translate(${sql.raw(folded)}(${text}), '-’''', '   ')`;
const wordsOf = (name: string): readonly string[] => name.split(/[\s\-’']+/u).filter((word) => word !== '');

@QueryHandler(MembersByName)
export class MembersByNameHandler implements IQueryHandler<MembersByName> {
  constructor(@Inject(READ_STORE) private readonly store: ReadStore) {}

  async execute({ networkId, name, page }: MembersByName): Promise<FoundPage> {
    const after = page.cursor === undefined ? '' : readCursor(page.cursor, ['text'])[0];
    const begins = wordsOf(name).map((word) => sql<boolean>`strpos(${spaced(sql`t.text`)}, ${spaced(sql`${word}::text`)}) > 0`);
    const { readPosition, result } = await this.store.read([memberPageModel], async (tx, tableOf) =>
      sql<{ key: string; row: string }>`
        select m.key, m.row from ${sql.table(tableOf(memberPageModel))} m
        join ${sql.raw(personalText)} t on t.ref = (m.row::jsonb #>> '{name,ref}') collate "C"
        where m.network_id = ${networkId} and m.kind = 'member' and m.status in ('enrolled', 'paused', 'suspended')
          and m.key > ${after} and ${begins.length === 0 ? sql`false` : sql.join(begins, sql` and `)}
        order by m.key limit ${sql.lit(page.limit + 1)}`.execute(tx),
    );
    const shown = result.rows.slice(0, page.limit);
    const people = shown.map(({ row }) => JSON.parse(row) as MemberRow);
    const found = people.map(({ memberId, name: its, status, site, unit }) => ({ memberId, name: its, status, site, unit }));
    const members = revealed(found, await this.store.texts(refsIn(found))) as readonly FoundMember[];
    const last = shown.at(-1);
    return { readPosition, members, next: result.rows.length > page.limit && last ? cursorOf(last.key) : null };
  }
}
