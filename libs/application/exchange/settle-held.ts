import { Inject } from '@nestjs/common';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { IsIn } from 'class-validator';
import type { ExchangeId } from '#domain/ids';
import type { Envelope } from '../dispatch/envelope';
import type { Outcome } from '../dispatch/outcome';
import type { Dispatcher } from '../dispatch/run-decider';
import { DISPATCHER } from '../dispatch/tokens';

export class SettleHeldDto {
  @IsIn(['held', 'not-held'])
  readonly outcome!: 'held' | 'not-held';
}

/** R12: the mediator settles a one-sided report. */
export class SettleHeld extends Command<Outcome> {
  constructor(
    readonly envelope: Envelope,
    readonly exchangeId: ExchangeId,
    readonly dto: SettleHeldDto,
  ) {
    super();
  }
}

@CommandHandler(SettleHeld)
export class SettleHeldHandler implements ICommandHandler<SettleHeld> {
  constructor(@Inject(DISPATCHER) private readonly dispatcher: Dispatcher) {}

  execute({ envelope, exchangeId, dto }: SettleHeld): Promise<Outcome> {
    return this.dispatcher.dispatch({ type: 'SettleHeld', data: { exchangeId, outcome: dto.outcome } }, envelope);
  }
}
