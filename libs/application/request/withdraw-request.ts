import { Inject } from '@nestjs/common';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { RequestId } from '#domain/ids';
import type { Envelope } from '../dispatch/envelope';
import type { Outcome } from '../dispatch/outcome';
import type { Dispatcher } from '../dispatch/run-decider';
import { DISPATCHER } from '../dispatch/tokens';

export class WithdrawRequest extends Command<Outcome> {
  constructor(
    readonly envelope: Envelope,
    readonly requestId: RequestId,
  ) {
    super();
  }
}

@CommandHandler(WithdrawRequest)
export class WithdrawRequestHandler implements ICommandHandler<WithdrawRequest> {
  constructor(@Inject(DISPATCHER) private readonly dispatcher: Dispatcher) {}

  execute({ envelope, requestId }: WithdrawRequest): Promise<Outcome> {
    return this.dispatcher.dispatch({ type: 'WithdrawRequest', data: { requestId } }, envelope);
  }
}
