import { IsIn } from 'class-validator';
import type { SentCommand } from '#domain/catalogue';
import type { ExchangeId } from '#domain/ids';
import type { Envelope } from '../dispatch/envelope';
import { SingleStepCommand } from '../dispatch/single-step-command';

export class SettleHeldDto {
  @IsIn(['held', 'not-held'])
  readonly outcome!: 'held' | 'not-held';
}

/** R12: the mediator settles a one-sided report. */
export class SettleHeld extends SingleStepCommand {
  constructor(
    readonly envelope: Envelope,
    readonly exchangeId: ExchangeId,
    readonly dto: SettleHeldDto,
  ) {
    super();
  }

  toSend(): SentCommand {
    const { exchangeId, dto } = this;
    return { type: 'SettleHeld', data: { exchangeId, outcome: dto.outcome } };
  }
}
