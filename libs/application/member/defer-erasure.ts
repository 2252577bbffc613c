import { Inject } from '@nestjs/common';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { MemberId } from '#domain/ids';
import type { Instant } from '#kernel/id';
import { IsInstant } from '../dto/fields';
import type { Envelope } from '../dispatch/envelope';
import type { Outcome } from '../dispatch/outcome';
import type { Dispatcher } from '../dispatch/run-decider';
import { DISPATCHER } from '../dispatch/tokens';

export class DeferErasureDto {
  @IsInstant()
  readonly until!: Instant;
}

/** A legal hold. */
export class DeferErasure extends Command<Outcome> {
  constructor(
    readonly envelope: Envelope,
    readonly memberId: MemberId,
    readonly dto: DeferErasureDto,
  ) {
    super();
  }
}

@CommandHandler(DeferErasure)
export class DeferErasureHandler implements ICommandHandler<DeferErasure> {
  constructor(@Inject(DISPATCHER) private readonly dispatcher: Dispatcher) {}

  execute({ envelope, memberId, dto }: DeferErasure): Promise<Outcome> {
    return this.dispatcher.dispatch({ type: 'DeferErasure', data: { memberId, until: dto.until } }, envelope);
  }
}
