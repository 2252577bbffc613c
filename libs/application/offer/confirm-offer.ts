import { Inject } from '@nestjs/common';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { OfferId } from '#domain/ids';
import type { Envelope } from '../dispatch/envelope';
import type { Outcome } from '../dispatch/outcome';
import type { Dispatcher } from '../dispatch/run-decider';
import { DISPATCHER } from '../dispatch/tokens';

/** Answers the yearly review: the offer still stands. */
export class ConfirmOffer extends Command<Outcome> {
  constructor(
    readonly envelope: Envelope,
    readonly offerId: OfferId,
  ) {
    super();
  }
}

@CommandHandler(ConfirmOffer)
export class ConfirmOfferHandler implements ICommandHandler<ConfirmOffer> {
  constructor(@Inject(DISPATCHER) private readonly dispatcher: Dispatcher) {}

  execute({ envelope, offerId }: ConfirmOffer): Promise<Outcome> {
    return this.dispatcher.dispatch({ type: 'ConfirmOffer', data: { offerId } }, envelope);
  }
}
