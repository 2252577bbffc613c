import { Body, Controller, Param, Post, Put } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { idFrom } from '#application/dispatch/derived-ids';
import type { Envelope } from '#application/dispatch/envelope';
import { ContestNoShow } from '#application/exchange/contest-no-show';
import { CorrectSession, CorrectSessionDto } from '#application/exchange/correct-session';
import { PlanSession, PlanSessionDto } from '#application/exchange/plan-session';
import { ReportNoShow, ReportNoShowDto } from '#application/exchange/report-no-show';
import { ReportSession, ReportSessionDto } from '#application/exchange/report-session';
import { RescheduleSession, RescheduleSessionDto } from '#application/exchange/reschedule-session';
import type { ExchangeId, SessionId } from '#domain/ids';
import { Allow } from '../../../installation/access';
import { EnvelopeOf } from '../../commands/envelope';
import { IdPipe } from '../../http/id.pipe';
import { ApiCommand } from '../../openapi/documented';

/** An exchange’s sessions: planned, moved, reported, corrected; and who did not come. */
@Controller('networks/:networkId/exchanges/:exchangeId')
export class SessionsController {
  constructor(private readonly commands: CommandBus) {}

  @Post('sessions')
  @Allow('member', 'mediator')
  @ApiCommand('Plans one session more')
  async plan(@EnvelopeOf() envelope: Envelope, @Param('exchangeId', IdPipe) exchangeId: ExchangeId, @Body() dto: PlanSessionDto) {
    return {
      sessionId: idFrom(envelope.commandId, 'session'),
      ...(await this.commands.execute(new PlanSession(envelope, exchangeId, dto))),
    };
  }

  @Put('sessions/:sessionId/plan')
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

  @Post('session-reports')
  @Allow('member', 'mediator')
  @ApiCommand('Reports a session as held')
  report(@EnvelopeOf() envelope: Envelope, @Param('exchangeId', IdPipe) exchangeId: ExchangeId, @Body() dto: ReportSessionDto) {
    return this.commands.execute(new ReportSession(envelope, exchangeId, dto));
  }

  @Post('sessions/:sessionId/correction')
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

  @Post('sessions/:sessionId/no-shows')
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

  @Post('sessions/:sessionId/no-show-contest')
  @Allow('member')
  @ApiCommand('Contests one’s own no-show')
  contestNoShow(
    @EnvelopeOf() envelope: Envelope,
    @Param('exchangeId', IdPipe) exchangeId: ExchangeId,
    @Param('sessionId', IdPipe) sessionId: SessionId,
  ) {
    return this.commands.execute(new ContestNoShow(envelope, exchangeId, sessionId));
  }
}
