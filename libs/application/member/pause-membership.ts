import type { SentCommand } from '#domain/catalogue';
import type { MemberId } from '#domain/ids';
import type { Instant } from '#kernel/id';
import { IsInstant } from '../dto/fields';
import type { Envelope } from '../dispatch/envelope';
import { SingleStepCommand } from '../dispatch/single-step-command';

export class PauseMembershipDto {
  @IsInstant()
  readonly until!: Instant;
}

export class PauseMembership extends SingleStepCommand {
  constructor(
    readonly envelope: Envelope,
    readonly memberId: MemberId,
    readonly dto: PauseMembershipDto,
  ) {
    super();
  }

  toSend(): SentCommand {
    const { memberId, dto } = this;
    return { type: 'PauseMembership', data: { memberId, until: dto.until } };
  }
}
