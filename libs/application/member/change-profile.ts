import type { SentCommand } from '#domain/catalogue';
import type { MemberId } from '#domain/ids';
import { ProfileDto, profileOf } from '../dto/profile.dto';
import { IsNested } from '../dto/fields';
import { SingleStepCommand } from '../dispatch/single-step-command';

export class ChangeProfileDto {
  @IsNested(() => ProfileDto)
  readonly profile!: ProfileDto;
}

export class ChangeProfile extends SingleStepCommand<[memberId: MemberId, dto: ChangeProfileDto]> {
  toSend(): SentCommand {
    const [memberId, dto] = this.given;
    return { type: 'ChangeProfile', data: { memberId, profile: profileOf(dto.profile) } };
  }
}
