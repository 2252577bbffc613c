import { IsIn } from 'class-validator';
import type { SentCommand } from '#domain/catalogue';
import type { InterruptReason } from '#domain/exchange/exchange.events';
import type { ExchangeId } from '#domain/ids';
import { SingleStepCommand } from '../dispatch/single-step-command';

const REASONS: readonly InterruptReason[] = ['by-participants', 'behaviour', 'other'];

export class InterruptExchangeDto {
  @IsIn(REASONS)
  readonly reason!: InterruptReason;
}

export class InterruptExchange extends SingleStepCommand<[exchangeId: ExchangeId, dto: InterruptExchangeDto]> {
  toSend(): SentCommand {
    const [exchangeId, dto] = this.given;
    return { type: 'InterruptExchange', data: { exchangeId, reason: dto.reason } };
  }
}
