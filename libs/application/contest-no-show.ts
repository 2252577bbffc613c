import { Inject } from '@nestjs/common';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { ExchangeId, SessionId } from '#domain/ids';
import type { Envelope } from './envelope';
import type { Outcome } from './outcome';
import type { Dispatcher } from './run-decider';
import { DISPATCHER } from './tokens';

export class ContestNoShow extends Command<Outcome> {
  constructor(
    readonly envelope: Envelope,
    readonly exchangeId: ExchangeId,
    readonly sessionId: SessionId,
  ) {
    super();
  }
}

@CommandHandler(ContestNoShow)
export class ContestNoShowHandler implements ICommandHandler<ContestNoShow> {
  constructor(@Inject(DISPATCHER) private readonly dispatcher: Dispatcher) {}

  execute({ envelope, exchangeId, sessionId }: ContestNoShow): Promise<Outcome> {
    return this.dispatcher.dispatch({ type: 'ContestNoShow', data: { exchangeId, sessionId } }, envelope);
  }
}
