import type { SentCommand } from '#domain/catalogue';
import type { MemberId } from '#domain/ids';
import type { Instant } from '#kernel/id';
import { IsInstant } from '../dto/fields';
import { SingleStepCommand } from '../dispatch/single-step-command';

export class PauseMembershipDto {
  @IsInstant()
  readonly until!: Instant;
}

export class PauseMembership extends SingleStepCommand<[memberId: MemberId, dto: PauseMembershipDto]> {
  toSend(): SentCommand {
    const [memberId, dto] = this.given;
    return { type: 'PauseMembership', data: { memberId, until: dto.until } };
  }
}
