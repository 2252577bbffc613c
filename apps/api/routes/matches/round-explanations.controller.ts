import { Controller, Get, Headers, Param, Query, Res } from '@nestjs/common';
import { IsIn, IsOptional } from 'class-validator';
import type { FastifyReply } from 'fastify';
import type { Language } from '#domain/vocabulary';
import type { RoundId } from '#domain/ids';
import { Allow, CallerOf, type Caller } from '../../../installation/access';
import { prefersCsv } from '../../http/accepted';
import { IdPipe } from '../../http/id.pipe';
import { ApiLabels, ApiLongRunning, ApiReadAsCsv, ApiRefused } from '../../openapi/documented';
import { After, type Token } from '../../queries/consistency-token';
import { LabelLanguage } from '../../queries/label-language';
import { PageDto, pageOf } from '../../queries/page.dto';
import { scarcityCsv, unmatchedCsv } from './explanation-csv';
import { ExplanationView, pageFrom } from './explanation-view';
import { Explanations } from './explanations';

export class ScarcityDto {
  @IsOptional()
  @IsIn(['fr', 'en'])
  readonly labels?: Language;

  /** `csv`: one file. */
  @IsOptional()
  @IsIn(['json', 'csv'])
  readonly format?: 'json' | 'csv';
}

export class ExplanationDto extends PageDto {
  @IsOptional()
  @IsIn(['fr', 'en'])
  readonly labels?: Language;

  /** `csv`: every request that was left, in one file, whatever `limit` and `cursor` say. */
  @IsOptional()
  @IsIn(['json', 'csv'])
  readonly format?: 'json' | 'csv';
}

const NOT_EXPLAINED = 'Of a round that is not completed, or does not tell as of when it judges; of a network that wants rings alone';

const asksForCsv = ({ format }: Pick<ScarcityDto, 'format'>, accept: string | undefined): boolean =>
  (format ?? (prefersCsv(accept) ? 'csv' : 'json')) === 'csv';

const asFile = (reply: FastifyReply, name: string): void =>
  void reply.type('text/csv; charset=utf-8').header('content-disposition', `attachment; filename="${name}.csv"`);

/** Why a round came out as it did, and what is lacking (R18). */
@Controller('networks/:networkId')
export class RoundExplanationsController {
  constructor(
    private readonly explanations: Explanations,
    private readonly view: ExplanationView,
    private readonly language: LabelLanguage,
  ) {}

  @Get('rounds/:roundId/explanation')
  @Allow('facilitator', 'network-lead')
  @ApiReadAsCsv(
    'What each gate of a round cost, solved anew; why each match, beside the next best offer; why each request was left, and what would change it',
  )
  @ApiLabels()
  @ApiLongRunning()
  @ApiRefused(409, NOT_EXPLAINED)
  async explanation(
    @CallerOf() caller: Caller,
    @After() after: Token | undefined,
    @Param('roundId', IdPipe) roundId: RoundId,
    @Query() dto: ExplanationDto,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Headers() headers: Readonly<Record<string, string | undefined>>,
  ) {
    const page = pageFrom(pageOf(dto));
    const explanation = await this.explanations.ofRound(caller.networkId, roundId, after);
    if (asksForCsv(dto, headers['accept'])) {
      asFile(reply, `round-${roundId}`);
      return unmatchedCsv(explanation);
    }
    const labels = await this.language.for(caller, dto.labels, headers['accept-language']);
    return this.view.page(caller, explanation, { page, labels });
  }

  @Get('rounds/:roundId/scarcity')
  @Allow('facilitator', 'network-lead')
  @ApiReadAsCsv(
    'Topics that a round left requests on, with what more givers would have served; a wording of one’s own for a facilitator alone',
  )
  @ApiLabels()
  @ApiLongRunning()
  @ApiRefused(409, NOT_EXPLAINED)
  async scarcityOfRound(
    @CallerOf() caller: Caller,
    @Param('roundId', IdPipe) roundId: RoundId,
    @Query() dto: ScarcityDto,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Headers() headers: Readonly<Record<string, string | undefined>>,
  ) {
    const explanation = await this.explanations.ofRound(caller.networkId, roundId);
    const labels = await this.language.for(caller, dto.labels, headers['accept-language']);
    const scarcity = await this.view.scarcity(caller, explanation, labels);
    if (!asksForCsv(dto, headers['accept'])) return scarcity;
    asFile(reply, `scarcity-${roundId}`);
    return scarcityCsv(scarcity.rows);
  }

  @Get('scarcity')
  @Allow('facilitator', 'network-lead')
  @ApiReadAsCsv(
    'The same of what is open now, as a round of today would leave it: by the network’s policy and a fixed seed; writes nothing',
  )
  @ApiLabels()
  @ApiLongRunning()
  @ApiRefused(409, NOT_EXPLAINED)
  async scarcity(
    @CallerOf() caller: Caller,
    @Query() dto: ScarcityDto,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Headers() headers: Readonly<Record<string, string | undefined>>,
  ) {
    const explanation = await this.explanations.ofToday(caller.networkId);
    const labels = await this.language.for(caller, dto.labels, headers['accept-language']);
    const scarcity = await this.view.scarcity(caller, explanation, labels);
    if (!asksForCsv(dto, headers['accept'])) return scarcity;
    asFile(reply, `scarcity-${explanation.asOf.slice(0, 10)}`);
    return scarcityCsv(scarcity.rows);
  }
}
