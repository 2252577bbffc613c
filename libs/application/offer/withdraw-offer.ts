import type { SentCommand } from '#domain/catalogue';
import type { OfferId } from '#domain/ids';
import { SingleStepCommand } from '../dispatch/single-step-command';

export class WithdrawOffer extends SingleStepCommand<[offerId: OfferId]> {
  toSend(): SentCommand {
    const [offerId] = this.given;
    return { type: 'WithdrawOffer', data: { offerId } };
  }
}
