import { Body, Controller, Get, Headers, Inject, Post, Query } from '@nestjs/common';
import { IsIn, IsOptional, IsString, MaxLength } from 'class-validator';
import type { Language } from '#domain/vocabulary';
import type { Clock } from '#kernel/clock';
import type { Instant, PastOrNow } from '#kernel/id';
import { asOfOrNow } from '#kernel/instant';
import type { ApplicationPorts } from '#application/application.module';
import { APPLICATION_PORTS, CLOCK } from '#application/dispatch/tokens';
import { IsInstant } from '#application/dto/fields';
import type { Dimension } from '#projections/satisfaction/figures';
import { type Indicator, indicators } from '#projections/satisfaction/definitions';
import { SatisfactionExplanation } from '#projections/satisfaction/satisfaction-explanation.queries';
import { SatisfactionAt, SatisfactionEvidence } from '#projections/satisfaction/satisfaction.queries';
import { TOPICS, type Topics } from '#topics/topics.port';
import { Allow, CallerOf, type Caller } from '../../../installation/access';
import { linesOf } from '../../../audit/event-lines';
import { AccessRecorder } from '../../commands/access-recorder';
import { Looks } from '../../commands/looks';
import { EnvelopeOf, type AskedEnvelope } from '../../commands/envelope';
import { IsMotive } from '../../commands/motive.dto';
import { ApiLabels, ApiRead } from '../../openapi/documented';
import { After, type Token } from '../../queries/consistency-token';
import { LabelLanguage } from '../../queries/label-language';
import { PageDto, pageOf } from '../../queries/page.dto';
import { QueryRunner } from '../../queries/query-runner';
import { AsOfDto } from './as-of.dto';

export class SatisfactionDto extends AsOfDto {
  /** One at a time (R15). */
  @IsOptional()
  @IsIn(['network', 'site', 'unit', 'topic', 'role'])
  readonly by: Dimension = 'network';

  /** Of the topics, where they are the dimension. */
  @IsOptional()
  @IsIn(['fr', 'en'])
  readonly labels?: Language;
}

export class SatisfactionEvidenceDto extends PageDto {
  @IsIn(indicators)
  readonly indicator!: Indicator;

  @IsOptional()
  @IsString()
  @MaxLength(600)
  readonly cell: string = 'network';

  @IsOptional()
  @IsInstant()
  readonly asOf?: Instant;

  /** Why: recorded with the look-up. */
  @IsMotive()
  readonly motive!: string;
}

/** How exchanges were found to be (§5), in cells that hide who said what (R15). */
@Controller('networks/:networkId/satisfaction')
export class SatisfactionController {
  constructor(
    private readonly accesses: AccessRecorder,
    private readonly reading: QueryRunner,
    private readonly language: LabelLanguage,
    @Inject(TOPICS) private readonly topics: Topics,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(APPLICATION_PORTS) private readonly ports: Pick<ApplicationPorts, 'log' | 'codec'>,
  ) {}

  @Get()
  @Allow('network-lead', 'auditor', 'dashboard')
  @ApiRead('Satisfaction indicators as of a date, by one dimension; small cells are hidden (R15)')
  @ApiLabels()
  async read(
    @CallerOf() caller: Caller,
    @After() after: Token | undefined,
    @Query() dto: SatisfactionDto,
    @Headers('Accept-Language') acceptLanguage?: string,
  ) {
    const query = new SatisfactionAt(caller.networkId, this.asOf(dto), dto.by);
    const answer = await this.reading.ask(query, { models: ['satisfaction'], after });
    if (dto.by !== 'topic') return { ...answer, topics: [] };
    const uris = [...new Set(answer.figures.map(({ cell }) => cell.slice('topic:'.length)))];
    const labels = await this.topics.labels(uris, await this.language.for(caller, dto.labels, acceptLanguage));
    return { ...answer, topics: [...labels.values()] };
  }

  @Post('evidence')
  @Allow('auditor')
  @Looks('audit')
  @ApiRead('The ids of the events behind one satisfaction figure; the look-up is recorded, with its motive')
  async evidence(@EnvelopeOf() envelope: AskedEnvelope, @Body() dto: SatisfactionEvidenceDto) {
    const { indicator, cell, motive } = dto;
    await this.accesses.record(envelope, {
      subject: `satisfaction/${indicator}/${cell}`,
      purpose: 'audit',
      motive,
    });
    const query = new SatisfactionEvidence(envelope.networkId, this.asOf(dto), { indicator, cell }, pageOf(dto));
    const page = await this.reading.ask(query);
    return { ...page, events: await linesOf(this.ports, envelope.networkId, page.eventIds) };
  }

  @Post('explanation')
  @Allow('auditor')
  @Looks('audit')
  @ApiRead('How one satisfaction figure came to be: rules, formula with its operands, people counted, events; recorded, with its motive')
  async explanation(@EnvelopeOf() envelope: AskedEnvelope, @Body() dto: SatisfactionEvidenceDto) {
    const evidence = await this.evidence(envelope, dto);
    const of = { indicator: dto.indicator, cell: dto.cell };
    const explained = await this.reading.ask(new SatisfactionExplanation(envelope.networkId, this.asOf(dto), of));
    return { ...explained, ...evidence };
  }

  private asOf({ asOf }: { readonly asOf?: Instant }): PastOrNow {
    return asOfOrNow(asOf, this.clock.now());
  }
}
