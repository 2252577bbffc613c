import { IsIn } from 'class-validator';
import type { SentCommand } from '#domain/catalogue';
import type { OfferId } from '#domain/ids';
import { IsText, LENGTH } from '../dto/fields';
import { SingleStepCommand } from '../dispatch/single-step-command';

export class SettleOfferContestDto {
  @IsIn(['kept', 'taken-down'])
  readonly outcome!: 'kept' | 'taken-down';

  @IsText(LENGTH.text)
  readonly text!: string;
}

export class SettleOfferContest extends SingleStepCommand<[offerId: OfferId, dto: SettleOfferContestDto]> {
  toSend(): SentCommand {
    const [offerId, dto] = this.given;
    return { type: 'SettleOfferContest', data: { offerId, outcome: dto.outcome, text: dto.text } };
  }
}
