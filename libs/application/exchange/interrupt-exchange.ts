import { Inject } from '@nestjs/common';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { IsIn } from 'class-validator';
import type { InterruptReason } from '#domain/exchange/exchange.events';
import type { ExchangeId } from '#domain/ids';
import type { Envelope } from '../dispatch/envelope';
import type { Outcome } from '../dispatch/outcome';
import type { Dispatcher } from '../dispatch/run-decider';
import { DISPATCHER } from '../dispatch/tokens';

const REASONS: readonly InterruptReason[] = ['by-participants', 'behaviour', 'other'];

export class InterruptExchangeDto {
  @IsIn(REASONS)
  readonly reason!: InterruptReason;
}

export class InterruptExchange extends Command<Outcome> {
  constructor(
    readonly envelope: Envelope,
    readonly exchangeId: ExchangeId,
    readonly dto: InterruptExchangeDto,
  ) {
    super();
  }
}

@CommandHandler(InterruptExchange)
export class InterruptExchangeHandler implements ICommandHandler<InterruptExchange> {
  constructor(@Inject(DISPATCHER) private readonly dispatcher: Dispatcher) {}

  execute({ envelope, exchangeId, dto }: InterruptExchange): Promise<Outcome> {
    return this.dispatcher.dispatch({ type: 'InterruptExchange', data: { exchangeId, reason: dto.reason } }, envelope);
  }
}
