import type { SentCommand } from '#domain/catalogue';
import type { MemberId } from '#domain/ids';
import type { Instant } from '#kernel/id';
import { IsInstant } from '../dto/fields';
import { SingleStepCommand } from '../dispatch/single-step-command';

export class DeferErasureDto {
  @IsInstant()
  readonly until!: Instant;
}

/** A legal hold. */
export class DeferErasure extends SingleStepCommand<[memberId: MemberId, dto: DeferErasureDto]> {
  toSend(): SentCommand {
    const [memberId, dto] = this.given;
    return { type: 'DeferErasure', data: { memberId, until: dto.until } };
  }
}
