import { Inject } from '@nestjs/common';
import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { sql } from 'kysely';
import type { MemberId, NetworkId, RequestId } from '#domain/ids';
import type { ReadStore, ReadPosition } from '#read-store/read-store.port';
import { READ_STORE } from '#read-store/tokens';
import type { EntryRow } from './entry.fold';
import { memberPageModel } from './member-page.table';

/** Whose requests these are; those that the network does not know are left out. Who may be told is for who asks to judge (§7). */
export class AuthorsOf extends Query<{ readonly readPosition: ReadPosition; readonly authors: ReadonlyMap<string, MemberId> }> {
  constructor(
    readonly networkId: NetworkId,
    readonly requestIds: readonly RequestId[],
  ) {
    super();
  }
}

@QueryHandler(AuthorsOf)
export class AuthorsOfHandler implements IQueryHandler<AuthorsOf> {
  constructor(@Inject(READ_STORE) private readonly store: ReadStore) {}

  async execute({ networkId, requestIds }: AuthorsOf): Promise<{ readPosition: ReadPosition; authors: ReadonlyMap<string, MemberId> }> {
    const keys = requestIds.map((id) => `request/${id}`);
    const { readPosition, result } = await this.store.read([memberPageModel], async (tx, tableOf) =>
      sql<{ row: string }>`select row from ${sql.table(tableOf(memberPageModel))}
        where key = any(${keys}::text[]) and network_id = ${networkId}`.execute(tx),
    );
    const entries = result.rows.map(({ row }) => JSON.parse(row) as EntryRow);
    return { readPosition, authors: new Map(entries.map(({ id, memberId }) => [id, memberId])) };
  }
}
