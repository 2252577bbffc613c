import { Inject } from '@nestjs/common';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { MemberId } from '#domain/ids';
import type { Instant } from '#kernel/id';
import { IsInstant } from '../dto/fields';
import type { Envelope } from '../dispatch/envelope';
import type { Outcome } from '../dispatch/outcome';
import type { Dispatcher } from '../dispatch/run-decider';
import { DISPATCHER } from '../dispatch/tokens';

export class PauseMembershipDto {
  @IsInstant()
  readonly until!: Instant;
}

export class PauseMembership extends Command<Outcome> {
  constructor(
    readonly envelope: Envelope,
    readonly memberId: MemberId,
    readonly dto: PauseMembershipDto,
  ) {
    super();
  }
}

@CommandHandler(PauseMembership)
export class PauseMembershipHandler implements ICommandHandler<PauseMembership> {
  constructor(@Inject(DISPATCHER) private readonly dispatcher: Dispatcher) {}

  execute({ envelope, memberId, dto }: PauseMembership): Promise<Outcome> {
    return this.dispatcher.dispatch({ type: 'PauseMembership', data: { memberId, until: dto.until } }, envelope);
  }
}
