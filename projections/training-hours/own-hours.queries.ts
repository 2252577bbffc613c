import { Inject } from '@nestjs/common';
import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import { sql } from 'kysely';
import type { ExchangeRole } from '#domain/vocabulary';
import type { ReadStore, ReadPosition } from '#read-store/read-store.port';
import { READ_STORE } from '#read-store/tokens';
import { labelOf } from './label';
import { trainingHoursModel } from './training-hours.table';
import { reachedWarnings } from './warnings';

/** One session in one role, corrections included. */
export interface OwnLine {
  readonly date: string;
  readonly exchangeId: string;
  readonly sessionId: string;
  readonly role: ExchangeRole;
  readonly minutes: number;
  readonly minutesOutside: number;
  readonly outsideHours: boolean;
}

export interface OwnMonth {
  /** `2026-03`. */
  readonly month: string;
  readonly learnerMinutes: number;
  readonly giverMinutes: number;
  readonly minutesOutside: number;
}

export interface OwnHours {
  readonly readPosition: ReadPosition;
  readonly year: number;
  readonly label: string;
  readonly months: readonly OwnMonth[];
  readonly lines: readonly OwnLine[];
  /** R20: of the year; `warnedAt` and `reached` are hours outside working time. Nothing is blocked. */
  readonly outside: { readonly minutes: number; readonly warnedAt: readonly number[]; readonly reached: readonly number[] };
}

/** A member's hours of a calendar year, by month and session by session: their own eyes alone (§7). */
export class ReadOwnHours extends Query<OwnHours> {
  constructor(
    readonly networkId: string,
    readonly memberId: string,
    readonly year: number,
  ) {
    super();
  }
}

const minutesOf = (lines: readonly OwnLine[], role?: ExchangeRole): number =>
  lines.filter((line) => role === undefined || line.role === role).reduce((sum, { minutes }) => sum + minutes, 0);
const outsideOf = (lines: readonly OwnLine[]): number => lines.reduce((sum, { minutesOutside }) => sum + minutesOutside, 0);

const monthsOf = (lines: readonly OwnLine[]): readonly OwnMonth[] =>
  [...new Set(lines.map(({ date }) => date.slice(0, 7)))].map((month) => {
    const within = lines.filter(({ date }) => date.startsWith(month));
    return {
      month,
      learnerMinutes: minutesOf(within, 'learner'),
      giverMinutes: minutesOf(within, 'giver'),
      minutesOutside: outsideOf(within),
    };
  });

@QueryHandler(ReadOwnHours)
export class ReadOwnHoursHandler implements IQueryHandler<ReadOwnHours> {
  constructor(@Inject(READ_STORE) private readonly store: ReadStore) {}

  async execute({ networkId, memberId, year }: ReadOwnHours): Promise<OwnHours> {
    const { readPosition, result } = await this.store.read([trainingHoursModel], async (tx, tableOf) => {
      const table = tableOf(trainingHoursModel);
      const { rows } = await sql<OwnLine>`
        select date, exchange_id as "exchangeId", session_id as "sessionId", role, minutes,
          minutes_outside as "minutesOutside", minutes_outside > 0 as "outsideHours"
        from ${sql.table(table)}
        where network_id = ${networkId} and kind = 'hours' and member_id = ${memberId}
          and date between ${`${year}-01-01`} and ${`${year}-12-31`} and (minutes <> 0 or minutes_outside <> 0)
        order by date, key`.execute(tx);
      return { lines: rows, ...(await labelOf(tx, table, networkId)) };
    });
    const { lines, label, warnOutsideHours: warnedAt } = result;
    const minutes = outsideOf(lines);
    const outside = { minutes, warnedAt, reached: reachedWarnings(minutes, warnedAt) };
    return { readPosition, year, label, months: monthsOf(lines), lines, outside };
  }
}
