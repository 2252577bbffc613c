import { Inject } from '@nestjs/common';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { IsOptional } from 'class-validator';
import { DraftsDto, draftsOf } from './dto/drafts.dto';
import { IsNested, IsWhole } from './dto/fields';
import { ProfileDto, profileOf } from './dto/profile.dto';
import type { Envelope } from './envelope';
import { inSteps } from './in-steps';
import type { Outcome } from './outcome';
import type { Dispatcher } from './run-decider';
import { DISPATCHER } from './tokens';

/** Without offers and requests, those that the application carried are published. */
export class EnrolMemberDto extends DraftsDto {
  /** The version that the person read and accepts (R1). */
  @IsWhole(1, 100_000)
  readonly charterVersion!: number;

  /** Left out by who was entered on behalf, and only confirms (R6). */
  @IsOptional()
  @IsNested(() => ProfileDto)
  readonly profile?: ProfileDto;
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

  execute({ envelope, dto }: EnrolMember): Promise<Outcome> {
    const memberId = envelope.by.id;
    const { charterVersion } = dto;
    const application = dto.profile && { memberId, profile: profileOf(dto.profile), entry: 'self' as const, offers: [], requests: [] };
    return inSteps(this.dispatcher, envelope, {
      first: [
        ...(application ? [{ order: { type: 'ApplyForMembership', data: application } as const, behindUs: 'member-exists' as const }] : []),
        { order: { type: 'AcceptCharter', data: { memberId, charterVersion } } },
      ],
      last: { order: { type: 'EnrolMember', data: { memberId, ...draftsOf(dto, envelope.commandId) } } },
    });
  }
}
