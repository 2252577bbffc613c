import { Body, Controller, Param, Post, Put } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { AnswerRequest, AnswerRequestDto } from '#application/match/answer-request';
import { ConfirmRequest } from '#application/request/confirm-request';
import { ContestRequest, ContestRequestDto } from '#application/request/contest-request';
import { DraftRequest, DraftRequestDto } from '#application/request/draft-request';
import type { Envelope } from '#application/dispatch/envelope';
import { idFrom } from '#application/dispatch/derived-ids';
import { PauseRequest } from '#application/request/pause-request';
import { PublishRequest, PublishRequestDto, PublishNewRequestDto } from '#application/request/publish-request';
import { ResumeRequest } from '#application/request/resume-request';
import { ReviseRequest, ReviseRequestDto } from '#application/request/revise-request';
import { SettleRequestContest, SettleRequestContestDto } from '#application/request/settle-request-contest';
import { WithdrawRequest } from '#application/request/withdraw-request';
import type { RequestId } from '#domain/ids';
import { Allow } from '../../../installation/access';
import { ApiCommand } from '../../openapi/documented';
import { EnvelopeOf } from '../../commands/envelope';
import { IdPipe } from '../../http/id.pipe';

/** What members seek. */
@Controller('networks/:networkId/requests')
export class RequestsController {
  constructor(private readonly commands: CommandBus) {}

  @Post('drafts')
  @Allow('facilitator', 'member')
  @ApiCommand('Drafts a request; a facilitator may help')
  async draft(@EnvelopeOf() envelope: Envelope, @Body() dto: DraftRequestDto) {
    return { requestId: idFrom(envelope.commandId, 'request'), ...(await this.commands.execute(new DraftRequest(envelope, dto))) };
  }

  @Post()
  @Allow('member')
  @ApiCommand('Publishes a new request (R6, R14)')
  async publish(@EnvelopeOf() envelope: Envelope, @Body() dto: PublishNewRequestDto) {
    return { requestId: idFrom(envelope.commandId, 'request'), ...(await this.commands.execute(new PublishRequest(envelope, null, dto))) };
  }

  @Post(':requestId/publication')
  @Allow('member')
  @ApiCommand('Publishes a draft')
  publishDraft(@EnvelopeOf() envelope: Envelope, @Param('requestId', IdPipe) requestId: RequestId, @Body() dto: PublishRequestDto) {
    return this.commands.execute(new PublishRequest(envelope, requestId, dto));
  }

  @Put(':requestId')
  @Allow('member')
  @ApiCommand('Revises the wording or the terms')
  revise(@EnvelopeOf() envelope: Envelope, @Param('requestId', IdPipe) requestId: RequestId, @Body() dto: ReviseRequestDto) {
    return this.commands.execute(new ReviseRequest(envelope, requestId, dto));
  }

  @Post(':requestId/confirmation')
  @Allow('member')
  @ApiCommand('Answers the yearly review: it still stands')
  confirm(@EnvelopeOf() envelope: Envelope, @Param('requestId', IdPipe) requestId: RequestId) {
    return this.commands.execute(new ConfirmRequest(envelope, requestId));
  }

  @Post(':requestId/pause')
  @Allow('member')
  @ApiCommand('Takes it out of the directory for a while')
  pause(@EnvelopeOf() envelope: Envelope, @Param('requestId', IdPipe) requestId: RequestId) {
    return this.commands.execute(new PauseRequest(envelope, requestId));
  }

  @Post(':requestId/resume')
  @Allow('member')
  @ApiCommand('Puts it back')
  resume(@EnvelopeOf() envelope: Envelope, @Param('requestId', IdPipe) requestId: RequestId) {
    return this.commands.execute(new ResumeRequest(envelope, requestId));
  }

  @Post(':requestId/withdrawal')
  @Allow('member')
  @ApiCommand('Withdraws it')
  withdraw(@EnvelopeOf() envelope: Envelope, @Param('requestId', IdPipe) requestId: RequestId) {
    return this.commands.execute(new WithdrawRequest(envelope, requestId));
  }

  @Post(':requestId/contest')
  @Allow('member')
  @ApiCommand('Contests it as not professional, a service, misleading or confidential (R14)')
  contest(@EnvelopeOf() envelope: Envelope, @Param('requestId', IdPipe) requestId: RequestId, @Body() dto: ContestRequestDto) {
    return this.commands.execute(new ContestRequest(envelope, requestId, dto));
  }

  @Post(':requestId/contest-settlement')
  @Allow('facilitator')
  @ApiCommand('Settles the contest: kept, or taken down')
  settleContest(@EnvelopeOf() envelope: Envelope, @Param('requestId', IdPipe) requestId: RequestId, @Body() dto: SettleRequestContestDto) {
    return this.commands.execute(new SettleRequestContest(envelope, requestId, dto));
  }

  @Post(':requestId/answer')
  @Allow('member')
  @ApiCommand('Answers a request with an own offer: that acceptance is included')
  async answer(@EnvelopeOf() envelope: Envelope, @Param('requestId', IdPipe) requestId: RequestId, @Body() dto: AnswerRequestDto) {
    return { matchId: idFrom(envelope.commandId, 'match'), ...(await this.commands.execute(new AnswerRequest(envelope, requestId, dto))) };
  }
}
