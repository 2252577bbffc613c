import type { SentCommand } from '#domain/catalogue';
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

  toSend(): SentCommand {
    return { type: 'PauseOffer', data: { offerId: this.offerId } };
  }
}
