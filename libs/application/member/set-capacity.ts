import type { SentCommand } from '#domain/catalogue';
import type { MemberId } from '#domain/ids';
import { IsWhole } from '../dto/fields';
import { SingleStepCommand } from '../dispatch/single-step-command';

export class SetCapacityDto {
  @IsWhole(1, 50)
  readonly capacity!: number;
}

/** R11: how many engagements at once this member wishes as a giver. */
export class SetCapacity extends SingleStepCommand<[memberId: MemberId, dto: SetCapacityDto]> {
  toSend(): SentCommand {
    const [memberId, dto] = this.given;
    return { type: 'SetCapacity', data: { memberId, capacity: dto.capacity } };
  }
}
