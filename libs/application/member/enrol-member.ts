import { Inject } from '@nestjs/common';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { IsBoolean, IsOptional } from 'class-validator';
import type { MemberId } from '#domain/ids';
import type { MemberState } from '#domain/member/member.state';
import type { CommandId } from '#kernel/id';
import { DraftsDto, draftsOf } from '../dto/drafts.dto';
import { IsNested, IsWhole } from '../dto/fields';
import { ProfileDto, profileOf } from '../dto/profile.dto';
import type { Envelope } from '../dispatch/envelope';
import { multiStepCommand, type CommandStep, type Steps } from '../dispatch/multi-step-command';
import { orUnknown, type Outcome } from '../dispatch/outcome';
import type { Dispatcher } from '../dispatch/run-decider';
import { DISPATCHER } from '../dispatch/tokens';

/** Who was entered on behalf leaves out what may stand as it was written for them; what they give takes its place (R6). */
export class EnrolMemberDto extends DraftsDto {
  /** The version that the person read and accepts (R1). */
  @IsWhole(1, 100_000)
  readonly charterVersion!: number;

  @IsOptional()
  @IsNested(() => ProfileDto)
  readonly profile?: ProfileDto;

  /** R14: of what was written in their name, and stands: professional knowledge, and no service. */
  @IsOptional()
  @IsBoolean()
  readonly declaredProfessional?: boolean;
}

/** A person enters by themselves: applies, accepts the charter, and enrols with both sides (R1). */
export class EnrolMember extends Command<Outcome> {
  constructor(
    readonly envelope: Envelope,
    readonly dto: EnrolMemberDto,
  ) {
    super();
  }
}

@CommandHandler(EnrolMember)
export class EnrolMemberHandler implements ICommandHandler<EnrolMember> {
  constructor(@Inject(DISPATCHER) private readonly dispatcher: Dispatcher) {}

  async execute({ envelope, dto }: EnrolMember): Promise<Outcome> {
    return orUnknown(envelope.commandId, async () => {
      const memberId = envelope.by.id;
      const { state } = await this.dispatcher.loadState('member', memberId);
      return multiStepCommand(this.dispatcher, envelope, stepsOf({ memberId, dto, commandId: envelope.commandId }, state));
    });
  }
}

interface Entering {
  readonly memberId: MemberId;
  readonly dto: EnrolMemberDto;
  readonly commandId: CommandId;
}

/** Who is unknown applies with their profile; who was written in before enrols with it. Who is enrolled is told so before anything is accepted. */
const stepsOf = ({ memberId, dto, commandId }: Entering, { status }: MemberState): Steps => {
  const drafts = draftsOf(dto, commandId);
  const profile = dto.profile && profileOf(dto.profile);
  const charter: CommandStep = { order: { type: 'AcceptCharter', data: { memberId, charterVersion: dto.charterVersion } } };
  const enrol = { memberId, declared: dto.declaredProfessional === true, ...drafts };
  if (status === 'unknown' && profile) {
    const application = { memberId, profile, entry: 'self', offers: [], requests: [] } as const;
    return {
      first: [{ order: { type: 'ApplyForMembership', data: application } }, charter],
      last: { order: { type: 'EnrolMember', data: enrol } },
    };
  }
  const last: CommandStep = { order: { type: 'EnrolMember', data: { ...enrol, ...(profile ? { profile } : {}) } } };
  const entering = status === 'unknown' || status === 'applied';
  return { first: entering || givesNothing(dto) ? [charter] : [], last };
};

const givesNothing = ({ profile, offers, requests }: EnrolMemberDto): boolean => !profile && offers.length + requests.length === 0;
