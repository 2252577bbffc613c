import { Body, Controller, Get, Headers, Inject, Post, Query } from '@nestjs/common';
import { Type } from 'class-transformer';
import { IsIn, IsInt, IsOptional, IsString, Max, MaxLength, Min } from 'class-validator';
import type { Language } from '#domain/vocabulary';
import type { Clock } from '#kernel/clock';
import type { Instant, PastOrNow } from '#kernel/id';
import { asOfOrNow } from '#kernel/instant';
import type { ApplicationPorts } from '#application/application.module';
import { APPLICATION_PORTS, CLOCK } from '#application/dispatch/tokens';
import { IsInstant } from '#application/dto/fields';
import { type Indicator, indicators } from '#projections/risk/figure';
import { RiskExplanation } from '#projections/risk/risk-explanation.queries';
import { AUDITORS_ALONE, RiskAt, RiskEvidence } from '#projections/risk/risk.queries';
import { RiskTrend } from '#projections/risk/risk-trend.queries';
import { TopicsInNeed } from '#projections/risk/topics-in-need.queries';
import { Allow, CallerOf, type Caller } from '../../../installation/access';
import { linesOf } from '../../../audit/event-lines';
import { AccessRecorder } from '../../commands/access-recorder';
import { EnvelopeOf, type AskedEnvelope } from '../../commands/envelope';
import { Looks } from '../../commands/looks';
import { IsMotive } from '../../commands/motive.dto';
import { ApiLabels, ApiLongRunning, ApiRead } from '../../openapi/documented';
import { needsOneOf } from '../../problems/problem';
import { After, type Token } from '../../queries/consistency-token';
import { LabelLanguage } from '../../queries/label-language';
import { LongRunningJobs } from '../../queries/long-running-jobs';
import { PageDto, pageOf } from '../../queries/page.dto';
import { QueryRunner, WAIT_MS } from '../../queries/query-runner';
import { AsOfDto } from './as-of.dto';

export class RiskEvidenceDto extends PageDto {
  @IsIn(indicators)
  readonly indicator!: Indicator;

  @IsOptional()
  @IsString()
  @MaxLength(200)
  readonly cell?: string;

  @IsOptional()
  @IsInstant()
  readonly asOf?: Instant;
}

export class RiskLookDto extends RiskEvidenceDto {
  /** Why: recorded with the look-up. */
  @IsMotive()
  readonly motive!: string;
}

export class RiskTrendDto {
  /** The last month is the one that holds it; left out, the running one. */
  @IsOptional()
  @IsInstant()
  readonly asOf?: Instant;

  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(24)
  readonly months: number = 24;
}

export class TopicsInNeedDto extends AsOfDto {
  @IsOptional()
  @IsIn(['fr', 'en'])
  readonly labels?: Language;
}

const MODELS = ['risk', 'satisfaction'];
const figureOf = ({ indicator, cell = null }: Pick<RiskEvidenceDto, 'indicator'> & { readonly cell?: string | null }) => ({
  indicator,
  cell,
});

/** Imbalance, exclusion and the like (§5), with their thresholds. */
@Controller('networks/:networkId/risk')
export class RiskController {
  constructor(
    private readonly accesses: AccessRecorder,
    private readonly reading: QueryRunner,
    private readonly underway: LongRunningJobs,
    private readonly language: LabelLanguage,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(APPLICATION_PORTS) private readonly ports: Pick<ApplicationPorts, 'log' | 'codec'>,
    @Inject(WAIT_MS) private readonly waitMs: number,
  ) {}

  @Get()
  @Allow('network-lead', 'auditor', 'dashboard')
  @ApiRead('Risk indicators as of a date, with thresholds and alerts')
  read(@CallerOf() { networkId }: Caller, @After() after: Token | undefined, @Query() dto: AsOfDto) {
    return this.reading.ask(new RiskAt(networkId, this.asOf(dto)), { models: MODELS, after });
  }

  @Get('trend')
  @Allow('network-lead', 'auditor', 'dashboard')
  @ApiRead('Risk indicators at the first midnight of each of the last months, up to a date')
  @ApiLongRunning()
  trend(@CallerOf() { networkId }: Caller, @Query() dto: RiskTrendDto) {
    const asOf = this.asOf(dto);
    // who asks again within the hour asks for the same months
    const key = `risk trend ${networkId} ${asOf.slice(0, 13)} ${dto.months}`;
    return this.underway.join(key, this.waitMs, () => this.reading.ask(new RiskTrend(networkId, asOf, dto.months)));
  }

  @Get('topics')
  @Allow('network-lead')
  @ApiRead('Topics that nobody or one person offers, or whose requests wait: for who reads the directory, in no order (R4)')
  @ApiLabels()
  async topics(
    @CallerOf() caller: Caller,
    @After() after: Token | undefined,
    @Query() dto: TopicsInNeedDto,
    @Headers('Accept-Language') acceptLanguage?: string,
  ) {
    const labels = await this.language.for(caller, dto.labels, acceptLanguage);
    return this.reading.ask(new TopicsInNeed(caller.networkId, this.asOf(dto), labels), { models: ['risk'], after });
  }

  @Get('evidence')
  @Allow('network-lead')
  @ApiRead('The ids of the events behind one risk figure; of what tells who evaluated or followed up, for the auditor alone (R15)')
  evidence(@CallerOf() { networkId }: Caller, @After() after: Token | undefined, @Query() dto: RiskEvidenceDto) {
    if (AUDITORS_ALONE.includes(dto.indicator)) throw needsOneOf(['auditor'], 'asking whom it counts goes by POST, with a motive, and ');
    return this.reading.ask(new RiskEvidence(networkId, this.asOf(dto), figureOf(dto), pageOf(dto)), { models: MODELS, after });
  }

  @Post('evidence')
  @Allow('auditor')
  @Looks('audit')
  @ApiRead('The events behind one risk figure, and whose histories they lie in; the look-up is recorded, with its motive')
  async openEvidence(@EnvelopeOf() envelope: AskedEnvelope, @Body() dto: RiskLookDto) {
    const { indicator, cell = 'network', motive } = dto;
    await this.accesses.record(envelope, { subject: `risk/${indicator}/${cell}`, purpose: 'audit', motive });
    const page = await this.reading.ask(new RiskEvidence(envelope.networkId, this.asOf(dto), figureOf(dto), pageOf(dto)));
    return { ...page, events: await linesOf(this.ports, envelope.networkId, page.eventIds) };
  }

  @Get('explanation')
  @Allow('network-lead')
  @ApiRead('How one risk figure came to be: rules, formula with its operands, events; whom and what these count, for the auditor alone')
  async explanation(@CallerOf() caller: Caller, @After() after: Token | undefined, @Query() dto: RiskEvidenceDto) {
    const evidence = await this.evidence(caller, after, dto);
    const query = new RiskExplanation(caller.networkId, this.asOf(dto), figureOf(dto));
    const explained = await this.reading.ask(query, { models: MODELS, after });
    return { ...explained, operands: explained.operands.map(({ name, value, of }) => ({ name, value, of })), ...evidence };
  }

  @Post('explanation')
  @Allow('auditor')
  @Looks('audit')
  @ApiRead('How one risk figure came to be: rules, formula with its operands, whom and what these count, events; recorded, with its motive')
  async openExplanation(@EnvelopeOf() envelope: AskedEnvelope, @Body() dto: RiskLookDto) {
    const evidence = await this.openEvidence(envelope, dto);
    const explained = await this.reading.ask(new RiskExplanation(envelope.networkId, this.asOf(dto), figureOf(dto)));
    return { ...explained, ...evidence };
  }

  private asOf({ asOf }: { readonly asOf?: Instant }): PastOrNow {
    return asOfOrNow(asOf, this.clock.now());
  }
}
