import { IsIn } from 'class-validator';
import type { SentCommand } from '#domain/catalogue';
import type { DisputeId, ExchangeId } from '#domain/ids';
import { IsText, LENGTH } from '../dto/fields';
import { SingleStepCommand } from '../dispatch/single-step-command';

export class SettleDisputeDto {
  @IsIn(['goes-on', 'closed'])
  readonly outcome!: 'goes-on' | 'closed';

  @IsText(LENGTH.text)
  readonly text!: string;
}

export class SettleDispute extends SingleStepCommand<[exchangeId: ExchangeId, disputeId: DisputeId, dto: SettleDisputeDto]> {
  toSend(): SentCommand {
    const [exchangeId, disputeId, dto] = this.given;
    return { type: 'SettleDispute', data: { exchangeId, disputeId, outcome: dto.outcome, text: dto.text } };
  }
}
