import { Controller, Get, Headers, Inject, Query, Res } from '@nestjs/common';
import { Type } from 'class-transformer';
import { IsIn, IsInt, IsOptional, Max, Min } from 'class-validator';
import type { FastifyReply } from 'fastify';
import type { Clock } from '#kernel/clock';
import type { Day, Instant } from '#kernel/id';
import { IsDay, IsNotBefore } from '#application/dto/fields';
import { CLOCK } from '#application/dispatch/tokens';
import { hoursByMonthThen } from '#projections/dated-queries';
import { ReadOwnHours } from '#projections/training-hours/own-hours.queries';
import { ExportTrainingHours, TrainingHoursByMonth, type HoursPage } from '#projections/training-hours/training-hours.queries';
import { Allow, CallerOf, type Caller } from '../../../installation/access';
import { After, type Token } from '../../queries/consistency-token';
import { prefersCsv } from '../../http/accepted';
import { ApiRead, ApiReadAsCsv, ApiLongRunning } from '../../openapi/documented';
import { EnvelopeOf, type AskedEnvelope } from '../../commands/envelope';
import { AccessRecorder } from '../../commands/access-recorder';
import { Looks } from '../../commands/looks';
import { AsOfQueries } from '../../queries/as-of-queries';
import { problem } from '../../problems/problem';
import { QueryRunner } from '../../queries/query-runner';
import { NAMES, Visibility } from '../../queries/visibility';
import { hoursCsv, MOST_LINES } from './hours-csv';
import { PageDto, PastPageDto, pageOf } from '../../queries/page.dto';

/** What HR exports hours for, and for nothing else (§7): a motive in an address would end up in logs. */
const HOURS_EXPORT = 'Hours for the training system';

export class HoursDto extends PageDto {
  @IsDay()
  readonly from!: Day;

  @IsDay()
  @IsNotBefore('from')
  readonly to!: Day;

  /** `csv`: the whole span in one file, whatever `limit` and `cursor` say. */
  @IsOptional()
  @IsIn(['json', 'csv'])
  readonly format?: 'json' | 'csv';
}

export class MonthsDto extends PastPageDto {
  @IsDay()
  readonly from!: Day;

  @IsDay()
  @IsNotBefore('from')
  readonly to!: Day;
}

export class YearDto {
  @Type(() => Number)
  @IsInt()
  @Min(2000)
  @Max(9999)
  readonly year!: number;
}

/** Hours of training: for HR by person, for each member their own, for the others by month (R20). */
@Controller('networks/:networkId/training-hours')
export class TrainingHoursController {
  constructor(
    private readonly reading: QueryRunner,
    private readonly past: AsOfQueries,
    private readonly accesses: AccessRecorder,
    private readonly visibility: Visibility,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  @Get()
  @Allow('hr')
  @Looks('hours-export')
  @ApiReadAsCsv('Hours by person, day and role for the training system: no topic, no partner; each page that is handed out is recorded')
  async export(
    @EnvelopeOf() envelope: AskedEnvelope,
    @After() after: Token | undefined,
    @Query() dto: HoursDto,
    @Headers('accept') accept: string | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const asCsv = (dto.format ?? (prefersCsv(accept) ? 'csv' : 'json')) === 'csv';
    const { from, to } = dto;
    const look = { subject: `training-hours/${from}/${to}`, purpose: 'hours-export', motive: HOURS_EXPORT } as const;
    await this.accesses.record(envelope, look);
    const query = new ExportTrainingHours(envelope.networkId, { from, to }, asCsv ? { limit: MOST_LINES } : pageOf(dto));
    const page = await this.named(envelope.networkId, await this.reading.ask(query, { models: ['training-hours', ...NAMES], after }));
    if (!asCsv) return page;
    if (page.next !== null)
      throw problem(422, 'too-many-lines', {
        en: `More than ${MOST_LINES} lines: ask for fewer days at once`,
        fr: `Plus de ${MOST_LINES} lignes : demandez moins de jours à la fois`,
      });
    void reply.type('text/csv; charset=utf-8').header('content-disposition', `attachment; filename="training-hours-${from}-${to}.csv"`);
    return hoursCsv(page.lines);
  }

  @Get('months')
  @Allow('hr', 'network-lead', 'dashboard')
  @ApiRead('Learner and giver minutes of the network, by whole months that are over; to the day for HR (R15)')
  @ApiLongRunning()
  months(@CallerOf() { networkId, roles }: Caller, @After() after: Token | undefined, @Query() { from, to, asOf }: MonthsDto) {
    const toTheDay = roles.includes('hr');
    const question = (now: Instant) => new TrainingHoursByMonth(networkId, { from, to }, { now, toTheDay });
    if (asOf !== undefined) return this.past.ask(hoursByMonthThen, { asOf, roles, question });
    return this.reading.ask(question(this.clock.now()), { models: ['training-hours'], after });
  }

  @Get('mine')
  @Allow('member')
  @ApiRead('One’s own hours of a year, by month and session by session, and the warnings reached (R20)')
  mine(@CallerOf() { networkId, actor }: Caller, @Query() { year }: YearDto) {
    return this.reading.ask(new ReadOwnHours(networkId, actor.id, year));
  }

  /** §7: HR knows people by employee number and name. */
  private async named(networkId: string, page: HoursPage) {
    const ids = [...new Set(page.lines.map(({ memberId }) => memberId))];
    const named = await this.visibility.namesOf(networkId, ids);
    const lines = page.lines.map((line) => {
      const { employeeNumber = null, name = null } = named.get(line.memberId) ?? {};
      return { employeeNumber, name, ...line };
    });
    return { ...page, lines };
  }
}
