import { Inject } from '@nestjs/common';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { ExchangeId } from '#domain/ids';
import type { Envelope } from '../dispatch/envelope';
import type { Outcome } from '../dispatch/outcome';
import type { Dispatcher } from '../dispatch/run-decider';
import { DISPATCHER } from '../dispatch/tokens';

export class ConfirmHeld extends Command<Outcome> {
  constructor(
    readonly envelope: Envelope,
    readonly exchangeId: ExchangeId,
  ) {
    super();
  }
}

@CommandHandler(ConfirmHeld)
export class ConfirmHeldHandler implements ICommandHandler<ConfirmHeld> {
  constructor(@Inject(DISPATCHER) private readonly dispatcher: Dispatcher) {}

  execute({ envelope, exchangeId }: ConfirmHeld): Promise<Outcome> {
    return this.dispatcher.dispatch({ type: 'ConfirmHeld', data: { exchangeId } }, envelope);
  }
}
