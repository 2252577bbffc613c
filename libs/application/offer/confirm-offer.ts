import type { SentCommand } from '#domain/catalogue';
import type { OfferId } from '#domain/ids';
import { SingleStepCommand } from '../dispatch/single-step-command';

/** Answers the yearly review: the offer still stands. */
export class ConfirmOffer extends SingleStepCommand<[offerId: OfferId]> {
  toSend(): SentCommand {
    const [offerId] = this.given;
    return { type: 'ConfirmOffer', data: { offerId } };
  }
}
