import type { SentCommand } from '#domain/catalogue';
import type { MemberId } from '#domain/ids';
import { ProfileDto, profileOf } from '../dto/profile.dto';
import { IsNested } from '../dto/fields';
import type { Envelope } from '../dispatch/envelope';
import { SingleStepCommand } from '../dispatch/single-step-command';

export class ChangeProfileDto {
  @IsNested(() => ProfileDto)
  readonly profile!: ProfileDto;
}

export class ChangeProfile extends SingleStepCommand {
  constructor(
    readonly envelope: Envelope,
    readonly memberId: MemberId,
    readonly dto: ChangeProfileDto,
  ) {
    super();
  }

  toSend(): SentCommand {
    const { memberId, dto } = this;
    return { type: 'ChangeProfile', data: { memberId, profile: profileOf(dto.profile) } };
  }
}
