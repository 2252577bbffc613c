import { Inject } from '@nestjs/common';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { OfferId } from '#domain/ids';
import type { Envelope } from '../dispatch/envelope';
import type { Outcome } from '../dispatch/outcome';
import type { Dispatcher } from '../dispatch/run-decider';
import { DISPATCHER } from '../dispatch/tokens';

export class ResumeOffer extends Command<Outcome> {
  constructor(
    readonly envelope: Envelope,
    readonly offerId: OfferId,
  ) {
    super();
  }
}

@CommandHandler(ResumeOffer)
export class ResumeOfferHandler implements ICommandHandler<ResumeOffer> {
  constructor(@Inject(DISPATCHER) private readonly dispatcher: Dispatcher) {}

  execute({ envelope, offerId }: ResumeOffer): Promise<Outcome> {
    return this.dispatcher.dispatch({ type: 'ResumeOffer', data: { offerId } }, envelope);
  }
}
