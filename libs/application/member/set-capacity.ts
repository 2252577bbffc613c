import type { SentCommand } from '#domain/catalogue';
import type { MemberId } from '#domain/ids';
import { IsWhole } from '../dto/fields';
import type { Envelope } from '../dispatch/envelope';
import { SingleStepCommand } from '../dispatch/single-step-command';

export class SetCapacityDto {
  @IsWhole(1, 50)
  readonly capacity!: number;
}

/** R11: how many engagements at once this member wishes as a giver. */
export class SetCapacity extends SingleStepCommand {
  constructor(
    readonly envelope: Envelope,
    readonly memberId: MemberId,
    readonly dto: SetCapacityDto,
  ) {
    super();
  }

  toSend(): SentCommand {
    const { memberId, dto } = this;
    return { type: 'SetCapacity', data: { memberId, capacity: dto.capacity } };
  }
}
