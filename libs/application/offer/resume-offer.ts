import type { SentCommand } from '#domain/catalogue';
import type { OfferId } from '#domain/ids';
import { SingleStepCommand } from '../dispatch/single-step-command';

export class ResumeOffer extends SingleStepCommand<[offerId: OfferId]> {
  toSend(): SentCommand {
    const [offerId] = this.given;
    return { type: 'ResumeOffer', data: { offerId } };
  }
}
