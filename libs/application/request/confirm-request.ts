import { Inject } from '@nestjs/common';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { RequestId } from '#domain/ids';
import type { Envelope } from '../dispatch/envelope';
import type { Outcome } from '../dispatch/outcome';
import type { Dispatcher } from '../dispatch/run-decider';
import { DISPATCHER } from '../dispatch/tokens';

/** Answers the yearly review: the request still stands. */
export class ConfirmRequest extends Command<Outcome> {
  constructor(
    readonly envelope: Envelope,
    readonly requestId: RequestId,
  ) {
    super();
  }
}

@CommandHandler(ConfirmRequest)
export class ConfirmRequestHandler implements ICommandHandler<ConfirmRequest> {
  constructor(@Inject(DISPATCHER) private readonly dispatcher: Dispatcher) {}

  execute({ envelope, requestId }: ConfirmRequest): Promise<Outcome> {
    return this.dispatcher.dispatch({ type: 'ConfirmRequest', data: { requestId } }, envelope);
  }
}
