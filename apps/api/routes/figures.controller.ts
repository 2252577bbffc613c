import { Body, Controller, Get, HttpCode, Inject, Post, Query } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiTags } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsIn, IsInt, IsOptional, IsString, Matches, Max, MaxLength, Min } from 'class-validator';
import type { Clock } from '#kernel/clock';
import type { Day, Instant, PastOrNow } from '#kernel/id';
import { asOfOrNow } from '#kernel/instant';
import { IsDay, IsInstant, IsNotBefore, IsText } from '#application/dto/fields';
import type { Envelope } from '#application/envelope';
import { CLOCK } from '#application/tokens';
import { hoursByMonthThen } from '#projections/dated-queries';
import { RiskAt, RiskEvidence } from '#projections/risk/risk.queries';
import { type Indicator as RiskIndicator, indicators as riskIndicators } from '#projections/risk/figure';
import type { Dimension } from '#projections/satisfaction/answer';
import { type Indicator as SatisfactionIndicator, indicators as satisfactionIndicators } from '#projections/satisfaction/figure';
import { SatisfactionAt, SatisfactionEvidence } from '#projections/satisfaction/satisfaction.queries';
import { ExportTrainingHours, MinutesOutsideHours, TrainingHoursByMonth } from '#projections/training-hours/training-hours.queries';
import { Allow, CallerOf, type Caller } from '../auth/access';
import { After, AFTER, type Token } from '../edge/after';
import { Answers, MayTakeLonger } from '../edge/documented';
import { EnvelopeOf } from '../edge/envelope';
import { Looking } from '../edge/looking';
import { PastReading } from '../edge/past';
import { Reading } from '../edge/reading';
import { eachLook } from './each-look';
import { PageDto, pageOf } from './page.dto';
import { PastPageDto } from './past-page.dto';

/** What HR exports hours for, and for nothing else (§7): a motive in an address would end up in logs. */
const HOURS_EXPORT = 'Hours for the training system';

export class AsOfDto {
  /** What was recorded by then; left out, now. */
  @IsOptional()
  @IsInstant()
  readonly asOf?: Instant;

  /** Read by `@After`. */
  @IsOptional()
  @Matches(AFTER.pattern, { message: AFTER.message })
  readonly after?: string;
}

export class SatisfactionDto extends AsOfDto {
  /** One at a time (R15). */
  @IsOptional()
  @IsIn(['network', 'site', 'unit', 'topic', 'role'])
  readonly by: Dimension = 'network';
}

export class RiskEvidenceDto extends PageDto {
  @IsIn(riskIndicators)
  readonly indicator!: RiskIndicator;

  @IsOptional()
  @IsString()
  @MaxLength(200)
  readonly cell?: string;

  @IsOptional()
  @IsInstant()
  readonly asOf?: Instant;
}

export class SatisfactionEvidenceDto extends PageDto {
  @IsIn(satisfactionIndicators)
  readonly indicator!: SatisfactionIndicator;

  @IsOptional()
  @IsString()
  @MaxLength(600)
  readonly cell: string = 'network';

  @IsOptional()
  @IsInstant()
  readonly asOf?: Instant;

  /** Why: recorded with the look-up. */
  @IsText(2000)
  @Matches(/\S{3}/)
  readonly motive!: string;
}

export class HoursDto extends PageDto {
  @IsDay()
  readonly from!: Day;

  @IsDay()
  @IsNotBefore('from')
  readonly to!: Day;
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

/** Indicators and hours: aggregates as of a date, each openable into the events behind it. */
@ApiTags('figures')
@Controller('networks/:networkId')
export class FiguresController {
  constructor(
    private readonly reading: Reading,
    private readonly past: PastReading,
    private readonly commands: CommandBus,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  @Get('risk')
  @Allow('network-lead', 'auditor', 'dashboard')
  @Answers('Risk indicators as of a date, with thresholds and alerts')
  risk(@CallerOf() { networkId }: Caller, @After() after: Token | undefined, @Query() dto: AsOfDto) {
    return this.reading.ask(new RiskAt(networkId, this.asOf(dto)), { models: ['risk', 'satisfaction'], after });
  }

  @Get('risk/evidence')
  @Allow('network-lead', 'auditor')
  @Answers('The ids of the events behind one risk figure')
  riskEvidence(@CallerOf() { networkId }: Caller, @After() after: Token | undefined, @Query() dto: RiskEvidenceDto) {
    const of = { indicator: dto.indicator, cell: dto.cell ?? null };
    return this.reading.ask(new RiskEvidence(networkId, this.asOf(dto), of, pageOf(dto)), { models: ['risk', 'satisfaction'], after });
  }

  @Get('satisfaction')
  @Allow('network-lead', 'auditor', 'dashboard')
  @Answers('Satisfaction indicators as of a date, by one dimension; small cells are hidden (R15)')
  satisfaction(@CallerOf() { networkId }: Caller, @After() after: Token | undefined, @Query() dto: SatisfactionDto) {
    return this.reading.ask(new SatisfactionAt(networkId, this.asOf(dto), dto.by), { models: ['satisfaction'], after });
  }

  @Post('satisfaction/evidence')
  @HttpCode(200)
  @Allow('auditor')
  @Answers('The ids of the events behind one satisfaction figure; the look-up is recorded, with its motive')
  async satisfactionEvidence(@EnvelopeOf() envelope: Envelope, @Body() dto: SatisfactionEvidenceDto) {
    const { indicator, cell, motive } = dto;
    await new Looking(this.commands).record(eachLook(envelope), { subject: `satisfaction/${indicator}/${cell}`, purpose: 'audit', motive });
    const query = new SatisfactionEvidence(envelope.networkId, this.asOf(dto), { indicator, cell }, pageOf(dto));
    return this.reading.ask(query, { models: ['satisfaction'], after: undefined });
  }

  @Get('training-hours')
  @Allow('hr')
  @Answers('Hours by person and day for the training system: no topic, no partner; each page that is handed out is recorded')
  async hours(@EnvelopeOf() envelope: Envelope, @After() after: Token | undefined, @Query() dto: HoursDto) {
    const { from, to } = dto;
    const look = { subject: `training-hours/${from}/${to}`, purpose: 'hours-export', motive: HOURS_EXPORT } as const;
    await new Looking(this.commands).record(eachLook(envelope), look);
    const query = new ExportTrainingHours(envelope.networkId, { from, to }, pageOf(dto));
    return this.reading.ask(query, { models: ['training-hours'], after });
  }

  @Get('training-hours/months')
  @Allow('hr', 'network-lead', 'dashboard')
  @Answers('Learner and giver minutes of the network, by whole months that are over; to the day for HR (R15)')
  @MayTakeLonger()
  months(@CallerOf() { networkId, roles }: Caller, @After() after: Token | undefined, @Query() { from, to, asOf }: MonthsDto) {
    const toTheDay = roles.includes('hr');
    const question = (now: Instant) => new TrainingHoursByMonth(networkId, { from, to }, { now, toTheDay });
    if (asOf !== undefined) return this.past.ask(hoursByMonthThen, { asOf, roles, question });
    return this.reading.ask(question(this.clock.now()), { models: ['training-hours'], after });
  }

  @Get('training-hours/mine')
  @Allow('member')
  @Answers('One’s own minutes outside working hours in a year, and the warnings reached (R20)')
  mine(@CallerOf() { networkId, actor }: Caller, @Query() { year }: YearDto) {
    return this.reading.ask(new MinutesOutsideHours(networkId, year, actor.id), { models: ['training-hours'], after: undefined });
  }

  private asOf({ asOf }: { readonly asOf?: Instant }): PastOrNow {
    return asOfOrNow(asOf, this.clock.now());
  }
}
