import type { SavoirsOrder } from '#domain/catalogue';
import type { OfferId } from '#domain/ids';
import type { Envelope } from '../dispatch/envelope';
import { SingleStepCommand } from '../dispatch/single-step-command';

export class ResumeOffer extends SingleStepCommand {
  constructor(
    readonly envelope: Envelope,
    readonly offerId: OfferId,
  ) {
    super();
  }

  order(): SavoirsOrder {
    return { type: 'ResumeOffer', data: { offerId: this.offerId } };
  }
}
