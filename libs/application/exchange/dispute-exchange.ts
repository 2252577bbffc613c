import { IsIn } from 'class-validator';
import type { SentCommand } from '#domain/catalogue';
import type { DisputeKind } from '#domain/exchange/exchange.events';
import type { DisputeId, ExchangeId } from '#domain/ids';
import { IsText, LENGTH } from '../dto/fields';
import { idFrom } from '../dispatch/derived-ids';
import { SingleStepCommand } from '../dispatch/single-step-command';

const DISPUTE_KINDS: readonly DisputeKind[] = ['content', 'behaviour', 'organisation', 'confidentiality'];

export class DisputeExchangeDto {
  @IsIn(DISPUTE_KINDS)
  readonly kind!: DisputeKind;

  @IsText(LENGTH.text)
  readonly text!: string;
}

export class DisputeExchange extends SingleStepCommand<[exchangeId: ExchangeId, dto: DisputeExchangeDto]> {
  toSend(): SentCommand {
    const { envelope } = this;
    const [exchangeId, dto] = this.given;
    return {
      type: 'DisputeExchange',
      data: { exchangeId, disputeId: idFrom<DisputeId>(envelope.commandId, 'dispute'), kind: dto.kind, text: dto.text },
    };
  }
}
