import { Inject } from '@nestjs/common';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { MemberId } from '#domain/ids';
import type { Envelope } from '../dispatch/envelope';
import type { Outcome } from '../dispatch/outcome';
import type { Dispatcher } from '../dispatch/run-decider';
import { DISPATCHER } from '../dispatch/tokens';

export class RemoveMediator extends Command<Outcome> {
  constructor(
    readonly envelope: Envelope,
    readonly memberId: MemberId,
  ) {
    super();
  }
}

@CommandHandler(RemoveMediator)
export class RemoveMediatorHandler implements ICommandHandler<RemoveMediator> {
  constructor(@Inject(DISPATCHER) private readonly dispatcher: Dispatcher) {}

  execute({ envelope, memberId }: RemoveMediator): Promise<Outcome> {
    return this.dispatcher.dispatch({ type: 'RemoveMediator', data: { networkId: envelope.networkId, memberId } }, envelope);
  }
}
