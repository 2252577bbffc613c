import { Inject } from '@nestjs/common';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { RequestId } from '#domain/ids';
import type { Envelope } from './envelope';
import type { Outcome } from './outcome';
import type { Dispatcher } from './run-decider';
import { DISPATCHER } from './tokens';

export class ResumeRequest extends Command<Outcome> {
  constructor(
    readonly envelope: Envelope,
    readonly requestId: RequestId,
  ) {
    super();
  }
}

@CommandHandler(ResumeRequest)
export class ResumeRequestHandler implements ICommandHandler<ResumeRequest> {
  constructor(@Inject(DISPATCHER) private readonly dispatcher: Dispatcher) {}

  execute({ envelope, requestId }: ResumeRequest): Promise<Outcome> {
    return this.dispatcher.dispatch({ type: 'ResumeRequest', data: { requestId } }, envelope);
  }
}
