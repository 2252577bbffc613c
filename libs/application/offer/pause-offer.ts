import type { SavoirsOrder } from '#domain/catalogue';
import type { OfferId } from '#domain/ids';
import type { Envelope } from '../dispatch/envelope';
import { SingleStepCommand } from '../dispatch/single-step-command';

export class PauseOffer extends SingleStepCommand {
  constructor(
    readonly envelope: Envelope,
    readonly offerId: OfferId,
  ) {
    super();
  }

  order(): SavoirsOrder {
    return { type: 'PauseOffer', data: { offerId: this.offerId } };
  }
}
