import { IsIn } from 'class-validator';
import type { SentCommand } from '#domain/catalogue';
import type { CancelReason } from '#domain/exchange/exchange.events';
import type { ExchangeId } from '#domain/ids';
import { SingleStepCommand } from '../dispatch/single-step-command';

const REASONS: readonly CancelReason[] = ['no-time', 'no-longer-needed', 'other'];

export class CancelExchangeDto {
  @IsIn(REASONS)
  readonly reason!: CancelReason;
}

export class CancelExchange extends SingleStepCommand<[exchangeId: ExchangeId, dto: CancelExchangeDto]> {
  toSend(): SentCommand {
    const [exchangeId, dto] = this.given;
    return { type: 'CancelExchange', data: { exchangeId, reason: dto.reason } };
  }
}
