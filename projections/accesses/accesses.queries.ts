import { Inject } from '@nestjs/common';
import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { sql } from 'kysely';
import { cursorOf, readCursor } from '#read-store/cursor';
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

/** One look, for those who supervise: with the motive in the words of whoever looked; null where their data is erased. */
export interface ListedAccess extends Omit<AccessRow, 'networkId'> {
  readonly eventId: string;
  readonly motive: string | null;
}

export interface AccessPage {
  readonly readPosition: ReadPosition;
  readonly accesses: readonly ListedAccess[];
  readonly next: string | null;
}

/** Looks in a network, at one history or at any; newest first. */
export class ListAccesses extends Query<AccessPage> {
  constructor(
    readonly networkId: string,
    readonly subject: string | null,
    readonly page: { readonly limit: number; readonly cursor?: string },
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

@QueryHandler(ListAccesses)
export class ListAccessesHandler implements IQueryHandler<ListAccesses> {
  constructor(@Inject(READ_STORE) private readonly store: ReadStore) {}

  async execute({ networkId, subject, page }: ListAccesses): Promise<AccessPage> {
    const { readPosition, result } = await this.store.read([accessesModel], async (tx, tableOf) => {
      const before = page.cursor ? readCursor(page.cursor, ['text', 'text']) : null;
      const found = sql<{ key: string; row: string; at: string }>`
        select key, row, at from ${sql.table(tableOf(accessesModel))}
        where network_id = ${networkId}
          ${subject === null ? sql`` : sql`and subject = ${subject}`}
          ${before === null ? sql`` : sql`and (at, key) < (${before[0]}, ${before[1]})`}
        order by at desc, key desc limit ${page.limit + 1}`;
      return (await found.execute(tx)).rows;
    });
    const shown = result.slice(0, page.limit);
    const last = shown.at(-1);
    const motiveOf = ({ key }: { readonly key: string }): string => `${key}#/motive`;
    const motives = await this.store.texts(shown.map(motiveOf));
    const accesses = shown.map((one) => {
      const { networkId: _, ...access } = JSON.parse(one.row) as AccessRow;
      return { eventId: one.key, ...access, motive: motives.get(motiveOf(one)) ?? null };
    });
    return { readPosition, accesses, next: result.length > page.limit && last ? cursorOf(last.at, last.key) : null };
  }
}
