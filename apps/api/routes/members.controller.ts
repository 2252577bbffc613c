import { Body, Controller, HttpCode, Param, Post, Put } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiTags } from '@nestjs/swagger';
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
import { Allow } from '../../installation/access';
import { ApiCommand } from '../openapi/documented';
import { EnvelopeOf } from '../commands/envelope';
import { IdPipe } from '../http/id.pipe';

/** Entering, being, pausing and leaving. */
@ApiTags('members')
@Controller('networks/:networkId/members')
export class MembersController {
  constructor(private readonly commands: CommandBus) {}

  @Post()
  @HttpCode(200)
  @Allow('member')
  @ApiCommand('Enters the network with an offer and a request (R1)')
  enrol(@EnvelopeOf() envelope: Envelope, @Body() dto: EnrolMemberDto) {
    return this.commands.execute(new EnrolMember(envelope, dto));
  }

  @Post('on-behalf')
  @HttpCode(200)
  @Allow('facilitator')
  @ApiCommand('Enters somebody from a fair: pending until they confirm (R6)')
  applyOnBehalf(@EnvelopeOf() envelope: Envelope, @Body() dto: ApplyOnBehalfDto) {
    return this.commands.execute(new ApplyOnBehalf(envelope, dto));
  }

  @Post(':memberId/charter-acceptance')
  @HttpCode(200)
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
  @HttpCode(200)
  @Allow('member')
  @ApiCommand('Pauses until a date: no new proposals (R16)')
  pause(@EnvelopeOf() envelope: Envelope, @Param('memberId', IdPipe) memberId: MemberId, @Body() dto: PauseMembershipDto) {
    return this.commands.execute(new PauseMembership(envelope, memberId, dto));
  }

  @Post(':memberId/resume')
  @HttpCode(200)
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
  @HttpCode(200)
  @Allow('member')
  @ApiCommand('Leaves the network')
  leave(@EnvelopeOf() envelope: Envelope, @Param('memberId', IdPipe) memberId: MemberId, @Body() dto: LeaveNetworkDto) {
    return this.commands.execute(new LeaveNetwork(envelope, memberId, dto));
  }

  @Post(':memberId/erasure-request')
  @HttpCode(200)
  @Allow('data-protection-officer', 'member')
  @ApiCommand('Asks for the erasure of personal data')
  askForErasure(@EnvelopeOf() envelope: Envelope, @Param('memberId', IdPipe) memberId: MemberId) {
    return this.commands.execute(new AskForErasure(envelope, memberId));
  }

  @Post(':memberId/erasure-approval')
  @HttpCode(200)
  @Allow('data-protection-officer')
  @ApiCommand('Approves an erasure as the second person')
  approveErasure(@EnvelopeOf() envelope: Envelope, @Param('memberId', IdPipe) memberId: MemberId) {
    return this.commands.execute(new ApproveErasure(envelope, memberId));
  }

  @Post(':memberId/erasure-deferral')
  @HttpCode(200)
  @Allow('data-protection-officer')
  @ApiCommand('Defers an erasure: legal hold')
  deferErasure(@EnvelopeOf() envelope: Envelope, @Param('memberId', IdPipe) memberId: MemberId, @Body() dto: DeferErasureDto) {
    return this.commands.execute(new DeferErasure(envelope, memberId, dto));
  }
}
