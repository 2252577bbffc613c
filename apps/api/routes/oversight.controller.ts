import { Body, Controller, Get, HttpCode, Inject, Param, Post } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiTags } from '@nestjs/swagger';
import type { Envelope } from '#application/envelope';
import { RunMatchingRound, RunMatchingRoundDto } from '#application/run-matching-round';
import type { ExchangeId } from '#domain/ids';
import { ReadExchangeHistory } from '#projections/exchange-history/exchange-history.queries';
import { Allow } from '../auth/access';
import { Answers, Does } from '../edge/documented';
import { EnvelopeOf } from '../edge/envelope';
import { IdPipe } from '../edge/id.pipe';
import { Looking } from '../edge/looking';
import { problem } from '../edge/problem';
import { Reading } from '../edge/reading';
import { eachLook } from './each-look';
import { RUNTIME, type Running } from './health.controller';
import { MotiveDto } from './motive.dto';

/** Rounds, the auditor's replay, and the operator's view of projections. */
@ApiTags('oversight')
@Controller('networks/:networkId')
export class OversightController {
  constructor(
    private readonly commands: CommandBus,
    private readonly reading: Reading,
    @Inject(RUNTIME) private readonly running: Running,
  ) {}

  @Post('rounds')
  @HttpCode(200)
  @Allow('facilitator')
  @Does('Runs a matching round; a dry run writes nothing and shows what it would propose')
  async round(@EnvelopeOf() envelope: Envelope, @Body() dto: RunMatchingRoundDto) {
    const answer = await this.commands.execute(new RunMatchingRound(envelope, dto));
    return answer.outcome === 'dry-run' ? { dryRun: answer.round } : answer;
  }

  @Post('exchanges/:exchangeId/replay')
  @HttpCode(200)
  @Allow('auditor')
  @Answers('Replays an exchange, pseudonymised; the look-up is recorded, with its motive')
  async replay(@EnvelopeOf() envelope: Envelope, @Param('exchangeId', IdPipe) exchangeId: ExchangeId, @Body() { motive }: MotiveDto) {
    await new Looking(this.commands).record(eachLook(envelope), { subject: `exchange-${exchangeId}`, purpose: 'audit', motive });
    const answer = await this.reading.ask(new ReadExchangeHistory(envelope.networkId, exchangeId, { as: 'auditor' }), {
      models: [],
      after: undefined,
    });
    if (!answer.exchange) throw problem(404, 'exchange-not-found', 'There is no such exchange');
    return answer;
  }

  @Get('operations/projections')
  @Allow('operator')
  @Answers('Each projection and process: version, state, position, lag')
  async projections() {
    return { projections: (await this.running.runtime?.status()) ?? [] };
  }
}
