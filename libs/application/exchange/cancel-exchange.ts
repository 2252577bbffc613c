import { Inject } from '@nestjs/common';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { IsIn } from 'class-validator';
import type { CancelReason } from '#domain/exchange/exchange.events';
import type { ExchangeId } from '#domain/ids';
import type { Envelope } from '../dispatch/envelope';
import type { Outcome } from '../dispatch/outcome';
import type { Dispatcher } from '../dispatch/run-decider';
import { DISPATCHER } from '../dispatch/tokens';

const REASONS: readonly CancelReason[] = ['no-time', 'no-longer-needed', 'other'];

export class CancelExchangeDto {
  @IsIn(REASONS)
  readonly reason!: CancelReason;
}

export class CancelExchange extends Command<Outcome> {
  constructor(
    readonly envelope: Envelope,
    readonly exchangeId: ExchangeId,
    readonly dto: CancelExchangeDto,
  ) {
    super();
  }
}

@CommandHandler(CancelExchange)
export class CancelExchangeHandler implements ICommandHandler<CancelExchange> {
  constructor(@Inject(DISPATCHER) private readonly dispatcher: Dispatcher) {}

  execute({ envelope, exchangeId, dto }: CancelExchange): Promise<Outcome> {
    return this.dispatcher.dispatch({ type: 'CancelExchange', data: { exchangeId, reason: dto.reason } }, envelope);
  }
}
