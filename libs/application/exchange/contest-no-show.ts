import { Inject } from '@nestjs/common';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { ExchangeId, SessionId } from '#domain/ids';
import type { Envelope } from '../dispatch/envelope';
import type { Outcome } from '../dispatch/outcome';
import type { Dispatcher } from '../dispatch/run-decider';
import { DISPATCHER } from '../dispatch/tokens';

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
