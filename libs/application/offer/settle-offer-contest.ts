import { IsIn } from 'class-validator';
import type { SentCommand } from '#domain/catalogue';
import type { OfferId } from '#domain/ids';
import { IsText, LENGTH } from '../dto/fields';
import type { Envelope } from '../dispatch/envelope';
import { SingleStepCommand } from '../dispatch/single-step-command';

export class SettleOfferContestDto {
  @IsIn(['kept', 'taken-down'])
  readonly outcome!: 'kept' | 'taken-down';

  @IsText(LENGTH.text)
  readonly text!: string;
}

export class SettleOfferContest extends SingleStepCommand {
  constructor(
    readonly envelope: Envelope,
    readonly offerId: OfferId,
    readonly dto: SettleOfferContestDto,
  ) {
    super();
  }

  toSend(): SentCommand {
    const { offerId, dto } = this;
    return { type: 'SettleOfferContest', data: { offerId, outcome: dto.outcome, text: dto.text } };
  }
}
