import { Body, Controller, Get, HttpCode, Inject, Post, Query } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiTags } from '@nestjs/swagger';
import { IsIn, IsOptional, IsString, Matches, MaxLength } from 'class-validator';
import type { Clock } from '#kernel/clock';
import type { Instant, PastOrNow } from '#kernel/id';
import { asOfOrNow } from '#kernel/instant';
import { IsInstant, IsText } from '#application/dto/fields';
import type { Envelope } from '#application/dispatch/envelope';
import { CLOCK } from '#application/dispatch/tokens';
import { AUDITORS_ALONE, RiskAt, RiskEvidence } from '#projections/risk/risk.queries';
import { type Indicator as RiskIndicator, indicators as riskIndicators } from '#projections/risk/figure';
import type { Dimension } from '#projections/satisfaction/answer';
import { type Indicator as SatisfactionIndicator, indicators as satisfactionIndicators } from '#projections/satisfaction/figure';
import { SatisfactionAt, SatisfactionEvidence } from '#projections/satisfaction/satisfaction.queries';
import { Allow, CallerOf, type Caller } from '../../installation/access';
import { After, AFTER, type Token } from '../queries/consistency-token';
import { ApiRead } from '../openapi/documented';
import { EnvelopeOf } from '../commands/envelope';
import { AccessRecorder } from '../commands/access-recorder';
import { needsOneOf } from '../problems/problem';
import { QueryRunner } from '../queries/query-runner';
import { eachLook } from './each-look';
import { PageDto, pageOf } from './page.dto';

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

/** Indicators: aggregates as of a date, each openable into the events behind it. */
@ApiTags('figures')
@Controller('networks/:networkId')
export class FiguresController {
  constructor(
    private readonly reading: QueryRunner,
    private readonly commands: CommandBus,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  @Get('risk')
  @Allow('network-lead', 'auditor', 'dashboard')
  @ApiRead('Risk indicators as of a date, with thresholds and alerts')
  risk(@CallerOf() { networkId }: Caller, @After() after: Token | undefined, @Query() dto: AsOfDto) {
    return this.reading.ask(new RiskAt(networkId, this.asOf(dto)), { models: ['risk', 'satisfaction'], after });
  }

  @Get('risk/evidence')
  @Allow('network-lead', 'auditor')
  @ApiRead('The ids of the events behind one risk figure; of what tells who evaluated or followed up, for the auditor alone (R15)')
  riskEvidence(@CallerOf() { networkId, roles }: Caller, @After() after: Token | undefined, @Query() dto: RiskEvidenceDto) {
    if (AUDITORS_ALONE.includes(dto.indicator) && !roles.includes('auditor')) throw needsOneOf(['auditor']);
    const of = { indicator: dto.indicator, cell: dto.cell ?? null };
    return this.reading.ask(new RiskEvidence(networkId, this.asOf(dto), of, pageOf(dto)), { models: ['risk', 'satisfaction'], after });
  }

  @Get('satisfaction')
  @Allow('network-lead', 'auditor', 'dashboard')
  @ApiRead('Satisfaction indicators as of a date, by one dimension; small cells are hidden (R15)')
  satisfaction(@CallerOf() { networkId }: Caller, @After() after: Token | undefined, @Query() dto: SatisfactionDto) {
    return this.reading.ask(new SatisfactionAt(networkId, this.asOf(dto), dto.by), { models: ['satisfaction'], after });
  }

  @Post('satisfaction/evidence')
  @HttpCode(200)
  @Allow('auditor')
  @ApiRead('The ids of the events behind one satisfaction figure; the look-up is recorded, with its motive')
  async satisfactionEvidence(@EnvelopeOf() envelope: Envelope, @Body() dto: SatisfactionEvidenceDto) {
    const { indicator, cell, motive } = dto;
    await new AccessRecorder(this.commands).record(eachLook(envelope), {
      subject: `satisfaction/${indicator}/${cell}`,
      purpose: 'audit',
      motive,
    });
    const query = new SatisfactionEvidence(envelope.networkId, this.asOf(dto), { indicator, cell }, pageOf(dto));
    return this.reading.ask(query, { models: ['satisfaction'], after: undefined });
  }

  private asOf({ asOf }: { readonly asOf?: Instant }): PastOrNow {
    return asOfOrNow(asOf, this.clock.now());
  }
}
