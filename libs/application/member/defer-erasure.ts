import type { SentCommand } from '#domain/catalogue';
import type { MemberId } from '#domain/ids';
import type { Instant } from '#kernel/id';
import { IsInstant } from '../dto/fields';
import type { Envelope } from '../dispatch/envelope';
import { SingleStepCommand } from '../dispatch/single-step-command';

export class DeferErasureDto {
  @IsInstant()
  readonly until!: Instant;
}

/** A legal hold. */
export class DeferErasure extends SingleStepCommand {
  constructor(
    readonly envelope: Envelope,
    readonly memberId: MemberId,
    readonly dto: DeferErasureDto,
  ) {
    super();
  }

  toSend(): SentCommand {
    const { memberId, dto } = this;
    return { type: 'DeferErasure', data: { memberId, until: dto.until } };
  }
}
