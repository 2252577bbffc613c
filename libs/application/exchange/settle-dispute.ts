import { Inject } from '@nestjs/common';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { IsIn } from 'class-validator';
import type { DisputeId, ExchangeId } from '#domain/ids';
import { IsText, LENGTH } from '../dto/fields';
import type { Envelope } from '../dispatch/envelope';
import type { Outcome } from '../dispatch/outcome';
import type { Dispatcher } from '../dispatch/run-decider';
import { DISPATCHER } from '../dispatch/tokens';

export class SettleDisputeDto {
  @IsIn(['goes-on', 'closed'])
  readonly outcome!: 'goes-on' | 'closed';

  @IsText(LENGTH.text)
  readonly text!: string;
}

export class SettleDispute extends Command<Outcome> {
  constructor(
    readonly envelope: Envelope,
    readonly exchangeId: ExchangeId,
    readonly disputeId: DisputeId,
    readonly dto: SettleDisputeDto,
  ) {
    super();
  }
}

@CommandHandler(SettleDispute)
export class SettleDisputeHandler implements ICommandHandler<SettleDispute> {
  constructor(@Inject(DISPATCHER) private readonly dispatcher: Dispatcher) {}

  execute({ envelope, exchangeId, disputeId, dto }: SettleDispute): Promise<Outcome> {
    return this.dispatcher.dispatch(
      { type: 'SettleDispute', data: { exchangeId, disputeId, outcome: dto.outcome, text: dto.text } },
      envelope,
    );
  }
}
