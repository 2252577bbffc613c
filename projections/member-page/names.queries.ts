import { Inject } from '@nestjs/common';
import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { sql } from 'kysely';
import type { ReadStore, ReadPosition } from '#read-store/read-store.port';
import { refsIn, revealed } from '#read-store/personal-refs';
import { READ_STORE } from '#read-store/tokens';
import type { MemberRow } from './member.fold';
import { memberPageModel } from './member-page.table';

export interface NamedMember {
  readonly memberId: string;
  readonly status: MemberRow['status'];
  /** Null where their data is erased. */
  readonly name: string | null;
  readonly email: string | null;
  readonly employeeNumber: string | null;
}

/** What people are called: for a route whose role may know (§7). Those that the network does not know are left out. */
export class NamesOf extends Query<{ readonly readPosition: ReadPosition; readonly named: ReadonlyMap<string, NamedMember> }> {
  constructor(
    readonly networkId: string,
    readonly memberIds: readonly string[],
  ) {
    super();
  }
}

@QueryHandler(NamesOf)
export class NamesOfHandler implements IQueryHandler<NamesOf> {
  constructor(@Inject(READ_STORE) private readonly store: ReadStore) {}

  async execute({ networkId, memberIds }: NamesOf): Promise<{ readPosition: ReadPosition; named: ReadonlyMap<string, NamedMember> }> {
    const keys = memberIds.map((id) => `member/${id}`);
    const { readPosition, result } = await this.store.read([memberPageModel], async (tx, tableOf) =>
      sql<{ row: string }>`select row from ${sql.table(tableOf(memberPageModel))}
        where key = any(${keys}::text[]) and network_id = ${networkId}`.execute(tx),
    );
    const rows = result.rows.map(({ row }) => JSON.parse(row) as MemberRow);
    const people = rows.map(({ memberId, status, name, email, employeeNumber }) => ({ memberId, status, name, email, employeeNumber }));
    const named = revealed(people, await this.store.texts(refsIn(people))) as readonly NamedMember[];
    return { readPosition, named: new Map(named.map((one) => [one.memberId, one])) };
  }
}
