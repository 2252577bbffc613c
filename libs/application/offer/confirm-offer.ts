import type { SentCommand } from '#domain/catalogue';
import type { OfferId } from '#domain/ids';
import type { Envelope } from '../dispatch/envelope';
import { SingleStepCommand } from '../dispatch/single-step-command';

/** Answers the yearly review: the offer still stands. */
export class ConfirmOffer extends SingleStepCommand {
  constructor(
    readonly envelope: Envelope,
    readonly offerId: OfferId,
  ) {
    super();
  }

  toSend(): SentCommand {
    return { type: 'ConfirmOffer', data: { offerId: this.offerId } };
  }
}
