import { Inject } from '@nestjs/common';
import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import { type RawBuilder, sql, type Transaction } from 'kysely';
import type { Instant } from '#kernel/id';
import { addDays } from '#domain/calendar';
import type { ExchangeRole } from '#domain/vocabulary';
import { cursorOf, readCursor } from '#read-store/cursor';
import type { ReadDatabase, ReadStore, ReadPosition } from '#read-store/read-store.port';
import { READ_STORE } from '#read-store/tokens';
import { labelOf } from './label';
import { trainingHoursModel } from './training-hours.table';
import { ReadOwnHoursHandler } from './own-hours.queries';

/** What the training system gets: no topic, no partner. */
export interface HoursLine {
  readonly memberId: string;
  readonly date: string;
  readonly role: ExchangeRole;
  readonly minutes: number;
  /** Of these minutes, those outside working hours; `outsideHours` flags the line (R20). */
  readonly minutesOutside: number;
  readonly outsideHours: boolean;
  readonly label: string;
}

export interface HoursPage {
  readonly readPosition: ReadPosition;
  readonly lines: readonly HoursLine[];
  readonly next: string | null;
}

export interface Days {
  /** Both included, `2026-03-01`. */
  readonly from: string;
  readonly to: string;
  readonly memberId?: string;
}

/** One line a person, day and role, by day then person: what one gave and what one learnt are never summed. */
export class ExportTrainingHours extends Query<HoursPage> {
  constructor(
    readonly networkId: string,
    readonly days: Days,
    readonly page: { readonly limit: number; readonly cursor?: string },
  ) {
    super();
  }
}

export interface MonthOfHours {
  /** `2026-03`. */
  readonly month: string;
  readonly learnerMinutes: number;
  readonly giverMinutes: number;
  readonly minutesOutside: number;
}

export interface MonthsAsked {
  readonly now: Instant;
  /** For HR, who has every person's days anyway: the days that were asked for, and the running month so far. */
  readonly toTheDay: boolean;
}

/**
 * The network's minutes by month, learners and givers apart. R15: by whole months that are over, for a span of a day, or a month that
 * was asked for yesterday and today, would differ by the hours of one person.
 */
export class TrainingHoursByMonth extends Query<{ readonly readPosition: ReadPosition; readonly months: readonly MonthOfHours[] }> {
  constructor(
    readonly networkId: string,
    readonly days: Omit<Days, 'memberId'>,
    readonly asked: MonthsAsked,
  ) {
    super();
  }
}

type HoursOfDay = Omit<HoursLine, 'label' | 'outsideHours'>;

const linesOf = async (
  tx: Transaction<ReadDatabase>,
  table: string,
  { networkId, days, page }: ExportTrainingHours,
): Promise<readonly HoursOfDay[]> => {
  const [date, memberId, role] = page.cursor === undefined ? ['', '', ''] : readCursor(page.cursor, ['text', 'text', 'text']);
  const ofOne = days.memberId === undefined ? sql`` : sql`and member_id = ${days.memberId}`;
  const { rows } = await sql<HoursOfDay>`
    select member_id as "memberId", date, role, sum(minutes)::int as minutes, sum(minutes_outside)::int as "minutesOutside"
    from ${sql.table(table)}
    where network_id = ${networkId} and kind = 'hours' and date between ${days.from} and ${days.to} ${ofOne}
      and (date, member_id, role) > (${date}, ${memberId}, ${role})
    group by date, member_id, role having sum(minutes) <> 0 or sum(minutes_outside) <> 0
    order by date, member_id, role limit ${page.limit + 1}`.execute(tx);
  return rows;
};

@QueryHandler(ExportTrainingHours)
export class ExportTrainingHoursHandler implements IQueryHandler<ExportTrainingHours> {
  constructor(@Inject(READ_STORE) private readonly store: ReadStore) {}

  async execute(query: ExportTrainingHours): Promise<HoursPage> {
    const { readPosition, result } = await this.store.read([trainingHoursModel], async (tx, tableOf) => ({
      lines: await linesOf(tx, tableOf(trainingHoursModel), query),
      label: (await labelOf(tx, tableOf(trainingHoursModel), query.networkId)).label,
    }));
    const lines = result.lines.slice(0, query.page.limit);
    const last = lines.at(-1);
    return {
      readPosition,
      lines: lines.map((line) => ({ ...line, outsideHours: line.minutesOutside > 0, label: result.label })),
      next: last !== undefined && result.lines.length > lines.length ? cursorOf(last.date, last.memberId, last.role) : null,
    };
  }
}

const monthOf = (date: string): string => date.slice(0, 7);

/** A day later than in UTC, a month is over in every time zone. */
const within = ({ from, to }: Omit<Days, 'memberId'>, { now, toTheDay }: MonthsAsked): RawBuilder<unknown> =>
  toTheDay
    ? sql`date between ${from} and ${to}`
    : sql`substr(date, 1, 7) between ${monthOf(from)} and ${monthOf(to)} and substr(date, 1, 7) < ${monthOf(addDays(now, -1))}`;

@QueryHandler(TrainingHoursByMonth)
export class TrainingHoursByMonthHandler implements IQueryHandler<TrainingHoursByMonth> {
  constructor(@Inject(READ_STORE) private readonly store: ReadStore) {}

  async execute({
    networkId,
    days,
    asked,
  }: TrainingHoursByMonth): Promise<{ readPosition: ReadPosition; months: readonly MonthOfHours[] }> {
    const { readPosition, result } = await this.store.read([trainingHoursModel], (tx, tableOf) =>
      sql<MonthOfHours>`
        select substr(date, 1, 7) as month,
          coalesce(sum(minutes) filter (where role = 'learner'), 0)::int as "learnerMinutes",
          coalesce(sum(minutes) filter (where role = 'giver'), 0)::int as "giverMinutes",
          sum(minutes_outside)::int as "minutesOutside"
        from ${sql.table(tableOf(trainingHoursModel))}
        where network_id = ${networkId} and kind = 'hours' and ${within(days, asked)}
        group by 1 order by 1`.execute(tx),
    );
    return { readPosition, months: result.rows };
  }
}

export const trainingHoursQueryHandlers = [ExportTrainingHoursHandler, TrainingHoursByMonthHandler, ReadOwnHoursHandler];
