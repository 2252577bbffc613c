import { IsIn } from 'class-validator';
import type { SentCommand } from '#domain/catalogue';
import type { InterruptReason } from '#domain/exchange/exchange.events';
import type { ExchangeId } from '#domain/ids';
import type { Envelope } from '../dispatch/envelope';
import { SingleStepCommand } from '../dispatch/single-step-command';

const REASONS: readonly InterruptReason[] = ['by-participants', 'behaviour', 'other'];

export class InterruptExchangeDto {
  @IsIn(REASONS)
  readonly reason!: InterruptReason;
}

export class InterruptExchange extends SingleStepCommand {
  constructor(
    readonly envelope: Envelope,
    readonly exchangeId: ExchangeId,
    readonly dto: InterruptExchangeDto,
  ) {
    super();
  }

  toSend(): SentCommand {
    const { exchangeId, dto } = this;
    return { type: 'InterruptExchange', data: { exchangeId, reason: dto.reason } };
  }
}
