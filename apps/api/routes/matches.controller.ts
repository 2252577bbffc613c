import { Body, Controller, HttpCode, Param, Post } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiTags } from '@nestjs/swagger';
import { AcceptMatch } from '#application/match/accept-match';
import { ConfirmAgreement } from '#application/match/confirm-agreement';
import { DeclineMatch, DeclineMatchDto } from '#application/match/decline-match';
import type { Envelope } from '#application/dispatch/envelope';
import { GiveUpAgreement, GiveUpAgreementDto } from '#application/match/give-up-agreement';
import { idFrom } from '#application/dispatch/derived-ids';
import { PlanConnection, PlanConnectionDto } from '#application/match/plan-connection';
import { ProposeMatch, ProposeMatchDto } from '#application/match/propose-match';
import { RecordAgreement, RecordAgreementDto } from '#application/match/record-agreement';
import type { MatchId } from '#domain/ids';
import { Allow } from '../../installation/access';
import { ApiCommand } from '../openapi/documented';
import { EnvelopeOf } from '../commands/envelope';
import { IdPipe } from '../http/id.pipe';

/** From a proposal to an agreement. */
@ApiTags('matches')
@Controller('networks/:networkId/matches')
export class MatchesController {
  constructor(private readonly commands: CommandBus) {}

  @Post()
  @HttpCode(200)
  @Allow('facilitator')
  @ApiCommand('Proposes a match; each participant answers for themselves')
  async propose(@EnvelopeOf() envelope: Envelope, @Body() dto: ProposeMatchDto) {
    return { ...(await this.commands.execute(new ProposeMatch(envelope, dto))), matchId: idFrom(envelope.commandId, 'match') };
  }

  @Post(':matchId/acceptance')
  @HttpCode(200)
  @Allow('member')
  @ApiCommand('Accepts for oneself (R6, R10)')
  accept(@EnvelopeOf() envelope: Envelope, @Param('matchId', IdPipe) matchId: MatchId) {
    return this.commands.execute(new AcceptMatch(envelope, matchId));
  }

  @Post(':matchId/decline')
  @HttpCode(200)
  @Allow('member')
  @ApiCommand('Declines for oneself')
  decline(@EnvelopeOf() envelope: Envelope, @Param('matchId', IdPipe) matchId: MatchId, @Body() dto: DeclineMatchDto) {
    return this.commands.execute(new DeclineMatch(envelope, matchId, dto));
  }

  @Post(':matchId/connection')
  @HttpCode(200)
  @Allow('facilitator', 'mediator')
  @ApiCommand('Plans the meeting with a mediator (R9)')
  planConnection(@EnvelopeOf() envelope: Envelope, @Param('matchId', IdPipe) matchId: MatchId, @Body() dto: PlanConnectionDto) {
    return this.commands.execute(new PlanConnection(envelope, matchId, dto));
  }

  @Post(':matchId/agreement')
  @HttpCode(200)
  @Allow('mediator', 'member')
  @ApiCommand('Records the agreement (R8)')
  recordAgreement(@EnvelopeOf() envelope: Envelope, @Param('matchId', IdPipe) matchId: MatchId, @Body() dto: RecordAgreementDto) {
    return this.commands.execute(new RecordAgreement(envelope, matchId, dto));
  }

  @Post(':matchId/agreement-confirmation')
  @HttpCode(200)
  @Allow('member')
  @ApiCommand('Confirms an agreement that another participant recorded (R9)')
  confirmAgreement(@EnvelopeOf() envelope: Envelope, @Param('matchId', IdPipe) matchId: MatchId) {
    return this.commands.execute(new ConfirmAgreement(envelope, matchId));
  }

  @Post(':matchId/no-agreement')
  @HttpCode(200)
  @Allow('mediator', 'member')
  @ApiCommand('Says that no agreement was reached')
  giveUp(@EnvelopeOf() envelope: Envelope, @Param('matchId', IdPipe) matchId: MatchId, @Body() dto: GiveUpAgreementDto) {
    return this.commands.execute(new GiveUpAgreement(envelope, matchId, dto));
  }
}
