import type { SentCommand } from '#domain/catalogue';
import type { OfferId } from '#domain/ids';
import { SingleStepCommand } from '../dispatch/single-step-command';

export class PauseOffer extends SingleStepCommand<[offerId: OfferId]> {
  toSend(): SentCommand {
    const [offerId] = this.given;
    return { type: 'PauseOffer', data: { offerId } };
  }
}
