import { Inject } from '@nestjs/common';
import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { sql } from 'kysely';
import type { ReadStore, ReadPosition } from '#read-store/read-store.port';
import { READ_STORE } from '#read-store/tokens';
import type { AccessRow } from './accesses.projection';
import { accessesModel } from './accesses.table';

/** What somebody learns of an access to their data: the role, not the person. */
export type Access = Pick<AccessRow, 'at' | 'role' | 'purpose' | 'subject'>;

/** Looks by others at these streams, and exports of hours over one of these days; oldest first. */
export class AccessesTo extends Query<{ readonly readPosition: ReadPosition; readonly accesses: readonly Access[] }> {
  constructor(
    readonly networkId: string,
    readonly memberId: string,
    readonly of: { readonly streams: readonly string[]; readonly days: readonly string[] },
  ) {
    super();
  }
}

/** `training-hours/2026-01-01/2026-03-31`, both included. */
const isAbout = ({ purpose, subject }: AccessRow, days: readonly string[]): boolean => {
  if (purpose !== 'hours-export') return true;
  const [, from = '', to = ''] = subject.split('/');
  return days.some((day) => from <= day && day <= to);
};

@QueryHandler(AccessesTo)
export class AccessesToHandler implements IQueryHandler<AccessesTo> {
  constructor(@Inject(READ_STORE) private readonly store: ReadStore) {}

  async execute({ networkId, memberId, of }: AccessesTo): Promise<{ readPosition: ReadPosition; accesses: readonly Access[] }> {
    const { readPosition, result } = await this.store.read([accessesModel], async (tx, tableOf) =>
      sql<{ row: string }>`
        select row from ${sql.table(tableOf(accessesModel))}
        where network_id = ${networkId} and (subject = any(${of.streams}::text[]) or purpose = 'hours-export')
        order by at, key`.execute(tx),
    );
    const rows = result.rows.map(({ row }) => JSON.parse(row) as AccessRow);
    const accesses = rows
      .filter((row) => row.by !== memberId && isAbout(row, of.days))
      .map(({ at, role, purpose, subject }) => ({ at, role, purpose, subject }));
    return { readPosition, accesses };
  }
}
