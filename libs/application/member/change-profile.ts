import { Inject } from '@nestjs/common';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { MemberId } from '#domain/ids';
import { ProfileDto, profileOf } from '../dto/profile.dto';
import { IsNested } from '../dto/fields';
import type { Envelope } from '../dispatch/envelope';
import type { Outcome } from '../dispatch/outcome';
import type { Dispatcher } from '../dispatch/run-decider';
import { DISPATCHER } from '../dispatch/tokens';

export class ChangeProfileDto {
  @IsNested(() => ProfileDto)
  readonly profile!: ProfileDto;
}

export class ChangeProfile extends Command<Outcome> {
  constructor(
    readonly envelope: Envelope,
    readonly memberId: MemberId,
    readonly dto: ChangeProfileDto,
  ) {
    super();
  }
}

@CommandHandler(ChangeProfile)
export class ChangeProfileHandler implements ICommandHandler<ChangeProfile> {
  constructor(@Inject(DISPATCHER) private readonly dispatcher: Dispatcher) {}

  execute({ envelope, memberId, dto }: ChangeProfile): Promise<Outcome> {
    return this.dispatcher.dispatch({ type: 'ChangeProfile', data: { memberId, profile: profileOf(dto.profile) } }, envelope);
  }
}
