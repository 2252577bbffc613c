import { Inject } from '@nestjs/common';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { MemberId } from '#domain/ids';
import type { Envelope } from './envelope';
import type { Outcome } from './outcome';
import type { Dispatcher } from './run-decider';
import { DISPATCHER } from './tokens';

export class NameMediator extends Command<Outcome> {
  constructor(
    readonly envelope: Envelope,
    readonly memberId: MemberId,
  ) {
    super();
  }
}

@CommandHandler(NameMediator)
export class NameMediatorHandler implements ICommandHandler<NameMediator> {
  constructor(@Inject(DISPATCHER) private readonly dispatcher: Dispatcher) {}

  execute({ envelope, memberId }: NameMediator): Promise<Outcome> {
    return this.dispatcher.dispatch({ type: 'NameMediator', data: { networkId: envelope.networkId, memberId } }, envelope);
  }
}
