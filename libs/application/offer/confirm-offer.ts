import type { SavoirsOrder } from '#domain/catalogue';
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

  order(): SavoirsOrder {
    return { type: 'ConfirmOffer', data: { offerId: this.offerId } };
  }
}
