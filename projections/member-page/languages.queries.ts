import { Inject } from '@nestjs/common';
import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { sql } from 'kysely';
import type { MemberId, NetworkId } from '#domain/ids';
import type { Language } from '#domain/vocabulary';
import type { ReadStore } from '#read-store/read-store.port';
import { READ_STORE } from '#read-store/tokens';
import type { MemberRow } from './member.fold';
import { memberPageModel } from './member-page.table';

/** The languages of somebody's profile, the first first; none of who never entered. */
export class LanguagesOf extends Query<readonly Language[]> {
  constructor(
    readonly networkId: NetworkId,
    readonly memberId: MemberId,
  ) {
    super();
  }
}

@QueryHandler(LanguagesOf)
export class LanguagesOfHandler implements IQueryHandler<LanguagesOf> {
  constructor(@Inject(READ_STORE) private readonly store: ReadStore) {}

  async execute({ networkId, memberId }: LanguagesOf): Promise<readonly Language[]> {
    const { result } = await this.store.read([memberPageModel], async (tx, tableOf) =>
      sql<{ row: string }>`select row from ${sql.table(tableOf(memberPageModel))}
        where key = ${`member/${memberId}`} and network_id = ${networkId}`.execute(tx),
    );
    return result.rows.flatMap(({ row }) => (JSON.parse(row) as MemberRow).languages);
  }
}
