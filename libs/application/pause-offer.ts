import { Inject } from '@nestjs/common';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { OfferId } from '#domain/ids';
import type { Envelope } from './envelope';
import type { Outcome } from './outcome';
import type { Dispatcher } from './run-decider';
import { DISPATCHER } from './tokens';

export class PauseOffer extends Command<Outcome> {
  constructor(
    readonly envelope: Envelope,
    readonly offerId: OfferId,
  ) {
    super();
  }
}

@CommandHandler(PauseOffer)
export class PauseOfferHandler implements ICommandHandler<PauseOffer> {
  constructor(@Inject(DISPATCHER) private readonly dispatcher: Dispatcher) {}

  execute({ envelope, offerId }: PauseOffer): Promise<Outcome> {
    return this.dispatcher.dispatch({ type: 'PauseOffer', data: { offerId } }, envelope);
  }
}
