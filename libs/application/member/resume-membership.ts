import { Inject } from '@nestjs/common';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { MemberId } from '#domain/ids';
import type { Envelope } from '../dispatch/envelope';
import type { Outcome } from '../dispatch/outcome';
import type { Dispatcher } from '../dispatch/run-decider';
import { DISPATCHER } from '../dispatch/tokens';

export class ResumeMembership extends Command<Outcome> {
  constructor(
    readonly envelope: Envelope,
    readonly memberId: MemberId,
  ) {
    super();
  }
}

@CommandHandler(ResumeMembership)
export class ResumeMembershipHandler implements ICommandHandler<ResumeMembership> {
  constructor(@Inject(DISPATCHER) private readonly dispatcher: Dispatcher) {}

  execute({ envelope, memberId }: ResumeMembership): Promise<Outcome> {
    return this.dispatcher.dispatch({ type: 'ResumeMembership', data: { memberId } }, envelope);
  }
}
