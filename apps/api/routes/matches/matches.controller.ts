import { Body, Controller, Get, Inject, Param, Post, Res } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import type { FastifyReply } from 'fastify';
import type { StreamName } from '#kernel/id';
import type { ApplicationPorts } from '#application/application.module';
import { APPLICATION_PORTS } from '#application/dispatch/tokens';
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
import { ReadMatch } from '#projections/member-page/match.queries';
import { Allow, CallerOf, type Caller } from '../../../installation/access';
import { EnvelopeOf } from '../../commands/envelope';
import { revisionAt, unlessKnown } from '../../http/etag';
import { IdPipe } from '../../http/id.pipe';
import { ApiAfter, ApiCommand, ApiConditionalGet, ApiRead } from '../../openapi/documented';
import { refused } from '../../problems/refusals';
import { After, type Token } from '../../queries/consistency-token';
import { QueryRunner } from '../../queries/query-runner';
import { NAMES, Visibility } from '../../queries/visibility';

/** From a proposal to an agreement. */
@Controller('networks/:networkId/matches')
export class MatchesController {
  constructor(
    private readonly commands: CommandBus,
    private readonly reading: QueryRunner,
    private readonly visibility: Visibility,
    @Inject(APPLICATION_PORTS) private readonly ports: Pick<ApplicationPorts, 'log'>,
  ) {}

  @Get(':matchId')
  @Allow('facilitator', 'member', 'mediator')
  @ApiRead('One match, for those who take part and its mediator; for a facilitator without its agreement')
  @ApiAfter()
  @ApiConditionalGet()
  async read(
    @CallerOf() caller: Caller,
    @After() after: Token | undefined,
    @Param('matchId', IdPipe) matchId: MatchId,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const query = new ReadMatch(caller.networkId, matchId, await this.visibility.viewer(caller));
    const answer = await this.reading.ask(query, { models: NAMES, after });
    if (!answer.match) throw refused({ code: 'match-not-found' });
    const revision = await revisionAt(this.ports.log, `match-${matchId}` as StreamName, answer.readPosition.position);
    return unlessKnown(reply, answer, revision);
  }

  @Post()
  @Allow('facilitator')
  @ApiCommand('Proposes a match; each participant answers for themselves')
  async propose(@EnvelopeOf() envelope: Envelope, @Body() dto: ProposeMatchDto) {
    return { matchId: idFrom(envelope.commandId, 'match'), ...(await this.commands.execute(new ProposeMatch(envelope, dto))) };
  }

  @Post(':matchId/acceptance')
  @Allow('member')
  @ApiCommand('Accepts for oneself (R6, R10)')
  accept(@EnvelopeOf() envelope: Envelope, @Param('matchId', IdPipe) matchId: MatchId) {
    return this.commands.execute(new AcceptMatch(envelope, matchId));
  }

  @Post(':matchId/decline')
  @Allow('member')
  @ApiCommand('Declines for oneself')
  decline(@EnvelopeOf() envelope: Envelope, @Param('matchId', IdPipe) matchId: MatchId, @Body() dto: DeclineMatchDto) {
    return this.commands.execute(new DeclineMatch(envelope, matchId, dto));
  }

  @Post(':matchId/connection')
  @Allow('facilitator', 'mediator')
  @ApiCommand('Plans the meeting with a mediator (R9)')
  planConnection(@EnvelopeOf() envelope: Envelope, @Param('matchId', IdPipe) matchId: MatchId, @Body() dto: PlanConnectionDto) {
    return this.commands.execute(new PlanConnection(envelope, matchId, dto));
  }

  @Post(':matchId/agreement')
  @Allow('mediator', 'member')
  @ApiCommand('Records the agreement (R8)')
  recordAgreement(@EnvelopeOf() envelope: Envelope, @Param('matchId', IdPipe) matchId: MatchId, @Body() dto: RecordAgreementDto) {
    return this.commands.execute(new RecordAgreement(envelope, matchId, dto));
  }

  @Post(':matchId/agreement-confirmation')
  @Allow('member')
  @ApiCommand('Confirms an agreement that another participant recorded (R9)')
  confirmAgreement(@EnvelopeOf() envelope: Envelope, @Param('matchId', IdPipe) matchId: MatchId) {
    return this.commands.execute(new ConfirmAgreement(envelope, matchId));
  }

  @Post(':matchId/no-agreement')
  @Allow('mediator', 'member')
  @ApiCommand('Says that no agreement was reached')
  giveUp(@EnvelopeOf() envelope: Envelope, @Param('matchId', IdPipe) matchId: MatchId, @Body() dto: GiveUpAgreementDto) {
    return this.commands.execute(new GiveUpAgreement(envelope, matchId, dto));
  }
}
