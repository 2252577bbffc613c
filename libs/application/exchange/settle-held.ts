import { IsIn } from 'class-validator';
import type { SentCommand } from '#domain/catalogue';
import type { ExchangeId } from '#domain/ids';
import { SingleStepCommand } from '../dispatch/single-step-command';

export class SettleHeldDto {
  @IsIn(['held', 'not-held'])
  readonly outcome!: 'held' | 'not-held';
}

/** R12: the mediator settles a one-sided report. */
export class SettleHeld extends SingleStepCommand<[exchangeId: ExchangeId, dto: SettleHeldDto]> {
  toSend(): SentCommand {
    const [exchangeId, dto] = this.given;
    return { type: 'SettleHeld', data: { exchangeId, outcome: dto.outcome } };
  }
}
