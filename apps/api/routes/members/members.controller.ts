import { Body, Controller, Get, Inject, Param, Post, Put, Query, Res } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { Matches } from 'class-validator';
import type { FastifyReply } from 'fastify';
import type { Clock } from '#kernel/clock';
import { asOfOrNow } from '#kernel/instant';
import { CLOCK } from '#application/dispatch/tokens';
import { IsLine } from '#application/dto/fields';
import { AcceptCharter, AcceptCharterDto } from '#application/member/accept-charter';
import { ApplyOnBehalf, ApplyOnBehalfDto } from '#application/member/apply-on-behalf';
import { ApproveErasure } from '#application/member/approve-erasure';
import { AskForErasure } from '#application/member/ask-for-erasure';
import { ChangeProfile, ChangeProfileDto } from '#application/member/change-profile';
import { DeferErasure, DeferErasureDto } from '#application/member/defer-erasure';
import { EnrolMember, EnrolMemberDto } from '#application/member/enrol-member';
import type { Envelope } from '#application/dispatch/envelope';
import { LeaveNetwork, LeaveNetworkDto } from '#application/member/leave-network';
import { PauseMembership, PauseMembershipDto } from '#application/member/pause-membership';
import { ResumeMembership } from '#application/member/resume-membership';
import { SetCapacity, SetCapacityDto } from '#application/member/set-capacity';
import type { MemberId } from '#domain/ids';
import { ReadMemberPage } from '#projections/member-page/member-page.queries';
import { MembersByName } from '#projections/member-page/members-by-name.queries';
import { DormantMembers } from '#projections/risk/dormant-members.queries';
import { Allow, CallerOf, type Caller } from '../../../installation/access';
import { AccessRecorder } from '../../commands/access-recorder';
import { Looks } from '../../commands/looks';
import { EnvelopeOf, type AskedEnvelope } from '../../commands/envelope';
import { MotiveDto } from '../../commands/motive.dto';
import { unlessKnown } from '../../http/etag';
import { IdPipe } from '../../http/id.pipe';
import { ApiCommand, ApiConditionalGet, ApiRead } from '../../openapi/documented';
import { refused } from '../../problems/refusals';
import { After, type Token } from '../../queries/consistency-token';
import { PageDto, pageOf } from '../../queries/page.dto';
import { QueryRunner } from '../../queries/query-runner';
import { NAMES, Visibility } from '../../queries/visibility';

export class NameDto {
  /** How words of it begin; accents and capitals do not matter. */
  @IsLine(200)
  @Matches(/[\p{L}\p{N}]{2}/u, { message: '$property must hold two letters in a row, or more' })
  readonly name!: string;
}

/** Entering, being, pausing and leaving; and who is who, for those who may know (§7). */
@Controller('networks/:networkId/members')
export class MembersController {
  constructor(
    private readonly commands: CommandBus,
    private readonly accesses: AccessRecorder,
    private readonly reading: QueryRunner,
    private readonly visibility: Visibility,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  @Get('me')
  @Allow('member')
  @ApiRead('One’s own page: profile, offers, requests, matches, exchanges')
  @ApiConditionalGet()
  async me(
    @CallerOf() { networkId, actor }: Caller,
    @After() after: Token | undefined,
    @Query() dto: PageDto,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const query = new ReadMemberPage(networkId, actor.id, pageOf(dto));
    return unlessKnown(reply, await this.reading.ask(query, { models: ['member-page', 'personal-text'], after }));
  }

  @Get('dormant')
  @Allow('facilitator')
  @ApiRead('Members without an act of their own for 180 days, to help them (§5, §7); by id: nobody is ranked (R4)')
  async dormant(@CallerOf() { networkId }: Caller, @After() after: Token | undefined, @Query() dto: PageDto) {
    const query = new DormantMembers(networkId, asOfOrNow(undefined, this.clock.now()), pageOf(dto));
    const { readPosition, members, next } = await this.reading.ask(query, { models: ['risk', ...NAMES], after });
    const named = await this.visibility.namesOf(
      networkId,
      members.map(({ memberId }) => memberId),
    );
    const shown = members.map((member) => {
      const { name = null, status = null } = named.get(member.memberId) ?? {};
      return { ...member, name, status };
    });
    return { readPosition, members: shown, next };
  }

  /** A name in an address would end up in logs. */
  @Post('search')
  @Allow('facilitator', 'network-lead')
  @ApiRead('Members by name, to help them, or to name one a mediator (§7); by id: nobody is ranked (R4)')
  search(@CallerOf() { networkId }: Caller, @After() after: Token | undefined, @Query() dto: PageDto, @Body() { name }: NameDto) {
    return this.reading.ask(new MembersByName(networkId, name, pageOf(dto)), { models: NAMES, after });
  }

  @Post(':memberId/identity')
  @Allow('auditor', 'data-protection-officer')
  @Looks('identity')
  @ApiRead('Who a member is; the look-up is recorded, with its motive')
  async identify(@EnvelopeOf() envelope: AskedEnvelope, @Param('memberId', IdPipe) memberId: MemberId, @Body() { motive }: MotiveDto) {
    await this.accesses.record(envelope, { subject: `member-${memberId}`, purpose: 'identity', motive });
    const member = (await this.visibility.namesOf(envelope.networkId, [memberId])).get(memberId);
    if (!member) throw refused({ code: 'member-not-found' });
    const { status, name, email } = member;
    return { member: { memberId, status, name, email } };
  }

  @Post()
  @Allow('member')
  @ApiCommand('Enters the network with an offer and a request (R1)')
  enrol(@EnvelopeOf() envelope: Envelope, @Body() dto: EnrolMemberDto) {
    return this.commands.execute(new EnrolMember(envelope, dto));
  }

  @Post('on-behalf')
  @Allow('facilitator')
  @ApiCommand('Enters somebody from a fair: pending until they confirm (R6)')
  applyOnBehalf(@EnvelopeOf() envelope: Envelope, @Body() dto: ApplyOnBehalfDto) {
    return this.commands.execute(new ApplyOnBehalf(envelope, dto));
  }

  @Post(':memberId/charter-acceptance')
  @Allow('member')
  @ApiCommand('Accepts the charter in force')
  acceptCharter(@EnvelopeOf() envelope: Envelope, @Param('memberId', IdPipe) memberId: MemberId, @Body() dto: AcceptCharterDto) {
    return this.commands.execute(new AcceptCharter(envelope, memberId, dto));
  }

  @Put(':memberId/profile')
  @Allow('member')
  @ApiCommand('Changes one’s own profile')
  changeProfile(@EnvelopeOf() envelope: Envelope, @Param('memberId', IdPipe) memberId: MemberId, @Body() dto: ChangeProfileDto) {
    return this.commands.execute(new ChangeProfile(envelope, memberId, dto));
  }

  @Post(':memberId/pause')
  @Allow('member')
  @ApiCommand('Pauses until a date: no new proposals (R16)')
  pause(@EnvelopeOf() envelope: Envelope, @Param('memberId', IdPipe) memberId: MemberId, @Body() dto: PauseMembershipDto) {
    return this.commands.execute(new PauseMembership(envelope, memberId, dto));
  }

  @Post(':memberId/resume')
  @Allow('member')
  @ApiCommand('Ends the pause early')
  resume(@EnvelopeOf() envelope: Envelope, @Param('memberId', IdPipe) memberId: MemberId) {
    return this.commands.execute(new ResumeMembership(envelope, memberId));
  }

  @Put(':memberId/capacity')
  @Allow('member')
  @ApiCommand('Sets how many engagements at once as a giver (R11)')
  setCapacity(@EnvelopeOf() envelope: Envelope, @Param('memberId', IdPipe) memberId: MemberId, @Body() dto: SetCapacityDto) {
    return this.commands.execute(new SetCapacity(envelope, memberId, dto));
  }

  @Post(':memberId/leave')
  @Allow('member')
  @ApiCommand('Leaves the network')
  leave(@EnvelopeOf() envelope: Envelope, @Param('memberId', IdPipe) memberId: MemberId, @Body() dto: LeaveNetworkDto) {
    return this.commands.execute(new LeaveNetwork(envelope, memberId, dto));
  }

  @Post(':memberId/erasure-request')
  @Allow('data-protection-officer', 'member')
  @ApiCommand('Asks for the erasure of personal data')
  askForErasure(@EnvelopeOf() envelope: Envelope, @Param('memberId', IdPipe) memberId: MemberId) {
    return this.commands.execute(new AskForErasure(envelope, memberId));
  }

  @Post(':memberId/erasure-approval')
  @Allow('data-protection-officer')
  @ApiCommand('Approves an erasure as the second person')
  approveErasure(@EnvelopeOf() envelope: Envelope, @Param('memberId', IdPipe) memberId: MemberId) {
    return this.commands.execute(new ApproveErasure(envelope, memberId));
  }

  @Post(':memberId/erasure-deferral')
  @Allow('data-protection-officer')
  @ApiCommand('Defers an erasure: legal hold')
  deferErasure(@EnvelopeOf() envelope: Envelope, @Param('memberId', IdPipe) memberId: MemberId, @Body() dto: DeferErasureDto) {
    return this.commands.execute(new DeferErasure(envelope, memberId, dto));
  }
}
