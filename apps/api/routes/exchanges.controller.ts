import { Body, Controller, HttpCode, Param, Post, Put } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiTags } from '@nestjs/swagger';
import { CancelExchange, CancelExchangeDto } from '#application/exchange/cancel-exchange';
import { ConfirmHeld } from '#application/exchange/confirm-held';
import { ContestNoShow } from '#application/exchange/contest-no-show';
import { CorrectSession, CorrectSessionDto } from '#application/exchange/correct-session';
import { DisputeExchange, DisputeExchangeDto } from '#application/exchange/dispute-exchange';
import { DropOut, DropOutDto } from '#application/exchange/drop-out';
import type { Envelope } from '#application/dispatch/envelope';
import { idFrom } from '#application/dispatch/derived-ids';
import { InterruptExchange, InterruptExchangeDto } from '#application/exchange/interrupt-exchange';
import { PlanSession, PlanSessionDto } from '#application/exchange/plan-session';
import { ReportNoShow, ReportNoShowDto } from '#application/exchange/report-no-show';
import { ReportSession, ReportSessionDto } from '#application/exchange/report-session';
import { RescheduleSession, RescheduleSessionDto } from '#application/exchange/reschedule-session';
import { SettleDispute, SettleDisputeDto } from '#application/exchange/settle-dispute';
import { SettleHeld, SettleHeldDto } from '#application/exchange/settle-held';
import type { DisputeId, ExchangeId, MemberId, SessionId } from '#domain/ids';
import { Allow } from '../../installation/access';
import { ApiCommand } from '../openapi/documented';
import { EnvelopeOf } from '../commands/envelope';
import { IdPipe } from '../http/id.pipe';

/** The learning in real life: planned, reported, held or ended. */
@ApiTags('exchanges')
@Controller('networks/:networkId/exchanges')
export class ExchangesController {
  constructor(private readonly commands: CommandBus) {}

  @Post(':exchangeId/sessions')
  @HttpCode(200)
  @Allow('member', 'mediator')
  @ApiCommand('Plans one session more')
  async planSession(@EnvelopeOf() envelope: Envelope, @Param('exchangeId', IdPipe) exchangeId: ExchangeId, @Body() dto: PlanSessionDto) {
    return {
      ...(await this.commands.execute(new PlanSession(envelope, exchangeId, dto))),
      sessionId: idFrom(envelope.commandId, 'session'),
    };
  }

  @Put(':exchangeId/sessions/:sessionId/plan')
  @Allow('member', 'mediator')
  @ApiCommand('Moves a planned session')
  reschedule(
    @EnvelopeOf() envelope: Envelope,
    @Param('exchangeId', IdPipe) exchangeId: ExchangeId,
    @Param('sessionId', IdPipe) sessionId: SessionId,
    @Body() dto: RescheduleSessionDto,
  ) {
    return this.commands.execute(new RescheduleSession(envelope, exchangeId, sessionId, dto));
  }

  @Post(':exchangeId/session-reports')
  @HttpCode(200)
  @Allow('member', 'mediator')
  @ApiCommand('Reports a session as held')
  report(@EnvelopeOf() envelope: Envelope, @Param('exchangeId', IdPipe) exchangeId: ExchangeId, @Body() dto: ReportSessionDto) {
    return this.commands.execute(new ReportSession(envelope, exchangeId, dto));
  }

  @Post(':exchangeId/sessions/:sessionId/correction')
  @HttpCode(200)
  @Allow('member')
  @ApiCommand('Corrects one’s own presence (R12, R20)')
  correct(
    @EnvelopeOf() envelope: Envelope,
    @Param('exchangeId', IdPipe) exchangeId: ExchangeId,
    @Param('sessionId', IdPipe) sessionId: SessionId,
    @Body() dto: CorrectSessionDto,
  ) {
    return this.commands.execute(new CorrectSession(envelope, exchangeId, sessionId, dto));
  }

  @Post(':exchangeId/sessions/:sessionId/no-shows')
  @HttpCode(200)
  @Allow('member', 'mediator')
  @ApiCommand('Reports that one person did not come')
  reportNoShow(
    @EnvelopeOf() envelope: Envelope,
    @Param('exchangeId', IdPipe) exchangeId: ExchangeId,
    @Param('sessionId', IdPipe) sessionId: SessionId,
    @Body() dto: ReportNoShowDto,
  ) {
    return this.commands.execute(new ReportNoShow(envelope, exchangeId, sessionId, dto));
  }

  @Post(':exchangeId/sessions/:sessionId/no-show-contest')
  @HttpCode(200)
  @Allow('member')
  @ApiCommand('Contests one’s own no-show')
  contestNoShow(
    @EnvelopeOf() envelope: Envelope,
    @Param('exchangeId', IdPipe) exchangeId: ExchangeId,
    @Param('sessionId', IdPipe) sessionId: SessionId,
  ) {
    return this.commands.execute(new ContestNoShow(envelope, exchangeId, sessionId));
  }

  @Post(':exchangeId/held-confirmation')
  @HttpCode(200)
  @Allow('member')
  @ApiCommand('Confirms that the exchange was held (R12)')
  confirmHeld(@EnvelopeOf() envelope: Envelope, @Param('exchangeId', IdPipe) exchangeId: ExchangeId) {
    return this.commands.execute(new ConfirmHeld(envelope, exchangeId));
  }

  @Post(':exchangeId/held-settlement')
  @HttpCode(200)
  @Allow('facilitator', 'mediator')
  @ApiCommand('Settles a one-sided report (R12)')
  settleHeld(@EnvelopeOf() envelope: Envelope, @Param('exchangeId', IdPipe) exchangeId: ExchangeId, @Body() dto: SettleHeldDto) {
    return this.commands.execute(new SettleHeld(envelope, exchangeId, dto));
  }

  @Post(':exchangeId/cancellation')
  @HttpCode(200)
  @Allow('facilitator', 'member', 'mediator')
  @ApiCommand('Cancels before it is held')
  cancel(@EnvelopeOf() envelope: Envelope, @Param('exchangeId', IdPipe) exchangeId: ExchangeId, @Body() dto: CancelExchangeDto) {
    return this.commands.execute(new CancelExchange(envelope, exchangeId, dto));
  }

  @Post(':exchangeId/participants/:memberId/drop-out')
  @HttpCode(200)
  @Allow('member')
  @ApiCommand('Drops out; the others go on while a giver and a learner remain')
  dropOut(
    @EnvelopeOf() envelope: Envelope,
    @Param('exchangeId', IdPipe) exchangeId: ExchangeId,
    @Param('memberId', IdPipe) memberId: MemberId,
    @Body() dto: DropOutDto,
  ) {
    return this.commands.execute(new DropOut(envelope, exchangeId, memberId, dto));
  }

  @Post(':exchangeId/interruption')
  @HttpCode(200)
  @Allow('facilitator', 'member', 'mediator')
  @ApiCommand('Interrupts it')
  interrupt(@EnvelopeOf() envelope: Envelope, @Param('exchangeId', IdPipe) exchangeId: ExchangeId, @Body() dto: InterruptExchangeDto) {
    return this.commands.execute(new InterruptExchange(envelope, exchangeId, dto));
  }

  @Post(':exchangeId/disputes')
  @HttpCode(200)
  @Allow('member', 'mediator')
  @ApiCommand('Opens a dispute')
  async dispute(@EnvelopeOf() envelope: Envelope, @Param('exchangeId', IdPipe) exchangeId: ExchangeId, @Body() dto: DisputeExchangeDto) {
    return {
      ...(await this.commands.execute(new DisputeExchange(envelope, exchangeId, dto))),
      disputeId: idFrom(envelope.commandId, 'dispute'),
    };
  }

  @Post(':exchangeId/disputes/:disputeId/settlement')
  @HttpCode(200)
  @Allow('facilitator')
  @ApiCommand('Settles a dispute')
  settleDispute(
    @EnvelopeOf() envelope: Envelope,
    @Param('exchangeId', IdPipe) exchangeId: ExchangeId,
    @Param('disputeId', IdPipe) disputeId: DisputeId,
    @Body() dto: SettleDisputeDto,
  ) {
    return this.commands.execute(new SettleDispute(envelope, exchangeId, disputeId, dto));
  }
}
