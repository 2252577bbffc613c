import { Inject } from '@nestjs/common';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { MemberId } from '#domain/ids';
import { IsWhole } from '../dto/fields';
import type { Envelope } from '../dispatch/envelope';
import type { Outcome } from '../dispatch/outcome';
import type { Dispatcher } from '../dispatch/run-decider';
import { DISPATCHER } from '../dispatch/tokens';

export class SetCapacityDto {
  @IsWhole(1, 50)
  readonly capacity!: number;
}

/** R11: how many engagements at once this member wishes as a giver. */
export class SetCapacity extends Command<Outcome> {
  constructor(
    readonly envelope: Envelope,
    readonly memberId: MemberId,
    readonly dto: SetCapacityDto,
  ) {
    super();
  }
}

@CommandHandler(SetCapacity)
export class SetCapacityHandler implements ICommandHandler<SetCapacity> {
  constructor(@Inject(DISPATCHER) private readonly dispatcher: Dispatcher) {}

  execute({ envelope, memberId, dto }: SetCapacity): Promise<Outcome> {
    return this.dispatcher.dispatch({ type: 'SetCapacity', data: { memberId, capacity: dto.capacity } }, envelope);
  }
}
