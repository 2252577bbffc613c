import { Inject } from '@nestjs/common';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { IsIn } from 'class-validator';
import type { OfferId } from '#domain/ids';
import { IsText, LENGTH } from '../dto/fields';
import type { Envelope } from '../dispatch/envelope';
import type { Outcome } from '../dispatch/outcome';
import type { Dispatcher } from '../dispatch/run-decider';
import { DISPATCHER } from '../dispatch/tokens';

export class SettleOfferContestDto {
  @IsIn(['kept', 'taken-down'])
  readonly outcome!: 'kept' | 'taken-down';

  @IsText(LENGTH.text)
  readonly text!: string;
}

export class SettleOfferContest extends Command<Outcome> {
  constructor(
    readonly envelope: Envelope,
    readonly offerId: OfferId,
    readonly dto: SettleOfferContestDto,
  ) {
    super();
  }
}

@CommandHandler(SettleOfferContest)
export class SettleOfferContestHandler implements ICommandHandler<SettleOfferContest> {
  constructor(@Inject(DISPATCHER) private readonly dispatcher: Dispatcher) {}

  execute({ envelope, offerId, dto }: SettleOfferContest): Promise<Outcome> {
    return this.dispatcher.dispatch({ type: 'SettleOfferContest', data: { offerId, outcome: dto.outcome, text: dto.text } }, envelope);
  }
}
