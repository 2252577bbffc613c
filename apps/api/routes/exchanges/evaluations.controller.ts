import { Body, Controller, Param, Post, Put } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { AmendEvaluation, AmendEvaluationDto } from '#application/exchange/amend-evaluation';
import type { Envelope } from '#application/dispatch/envelope';
import { freshSalt } from '#application/exchange/salt';
import { SubmitEvaluation, SubmitEvaluationDto } from '#application/exchange/submit-evaluation';
import { SubmitFollowUp, SubmitFollowUpDto } from '#application/exchange/submit-follow-up';
import type { ExchangeId } from '#domain/ids';
import { Allow } from '../../../installation/access';
import { ApiCommand } from '../../openapi/documented';
import { EnvelopeOf } from '../../commands/envelope';
import { IdPipe } from '../../http/id.pipe';

/** Evaluation and follow-up, by those who were there. */
@Controller('networks/:networkId/exchanges/:exchangeId')
export class EvaluationsController {
  constructor(private readonly commands: CommandBus) {}

  @Post('evaluation')
  @Allow('member')
  @ApiCommand('Evaluates once, sealed until all are in (R13)')
  submit(@EnvelopeOf() envelope: Envelope, @Param('exchangeId', IdPipe) exchangeId: ExchangeId, @Body() dto: SubmitEvaluationDto) {
    return this.commands.execute(new SubmitEvaluation(envelope, exchangeId, dto, freshSalt()));
  }

  @Put('evaluation')
  @Allow('member')
  @ApiCommand('Amends before unsealing; the earlier version stays (R13)')
  amend(@EnvelopeOf() envelope: Envelope, @Param('exchangeId', IdPipe) exchangeId: ExchangeId, @Body() dto: AmendEvaluationDto) {
    return this.commands.execute(new AmendEvaluation(envelope, exchangeId, dto, freshSalt()));
  }

  @Post('follow-up')
  @Allow('member')
  @ApiCommand('Tells, after 60 to 90 days, whether it was used at work')
  followUp(@EnvelopeOf() envelope: Envelope, @Param('exchangeId', IdPipe) exchangeId: ExchangeId, @Body() dto: SubmitFollowUpDto) {
    return this.commands.execute(new SubmitFollowUp(envelope, exchangeId, dto, freshSalt()));
  }
}
