import { Inject } from '@nestjs/common';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { OfferId } from '#domain/ids';
import type { Envelope } from '../dispatch/envelope';
import type { Outcome } from '../dispatch/outcome';
import type { Dispatcher } from '../dispatch/run-decider';
import { DISPATCHER } from '../dispatch/tokens';

export class WithdrawOffer extends Command<Outcome> {
  constructor(
    readonly envelope: Envelope,
    readonly offerId: OfferId,
  ) {
    super();
  }
}

@CommandHandler(WithdrawOffer)
export class WithdrawOfferHandler implements ICommandHandler<WithdrawOffer> {
  constructor(@Inject(DISPATCHER) private readonly dispatcher: Dispatcher) {}

  execute({ envelope, offerId }: WithdrawOffer): Promise<Outcome> {
    return this.dispatcher.dispatch({ type: 'WithdrawOffer', data: { offerId } }, envelope);
  }
}
