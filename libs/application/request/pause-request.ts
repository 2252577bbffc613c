import { Inject } from '@nestjs/common';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { RequestId } from '#domain/ids';
import type { Envelope } from '../dispatch/envelope';
import type { Outcome } from '../dispatch/outcome';
import type { Dispatcher } from '../dispatch/run-decider';
import { DISPATCHER } from '../dispatch/tokens';

export class PauseRequest extends Command<Outcome> {
  constructor(
    readonly envelope: Envelope,
    readonly requestId: RequestId,
  ) {
    super();
  }
}

@CommandHandler(PauseRequest)
export class PauseRequestHandler implements ICommandHandler<PauseRequest> {
  constructor(@Inject(DISPATCHER) private readonly dispatcher: Dispatcher) {}

  execute({ envelope, requestId }: PauseRequest): Promise<Outcome> {
    return this.dispatcher.dispatch({ type: 'PauseRequest', data: { requestId } }, envelope);
  }
}
