import { IsIn } from 'class-validator';
import type { SentCommand } from '#domain/catalogue';
import type { DisputeKind } from '#domain/exchange/exchange.events';
import type { DisputeId, ExchangeId } from '#domain/ids';
import { IsText, LENGTH } from '../dto/fields';
import type { Envelope } from '../dispatch/envelope';
import { idFrom } from '../dispatch/derived-ids';
import { SingleStepCommand } from '../dispatch/single-step-command';

const DISPUTE_KINDS: readonly DisputeKind[] = ['content', 'behaviour', 'organisation', 'confidentiality'];

export class DisputeExchangeDto {
  @IsIn(DISPUTE_KINDS)
  readonly kind!: DisputeKind;

  @IsText(LENGTH.text)
  readonly text!: string;
}

export class DisputeExchange extends SingleStepCommand {
  constructor(
    readonly envelope: Envelope,
    readonly exchangeId: ExchangeId,
    readonly dto: DisputeExchangeDto,
  ) {
    super();
  }

  toSend(): SentCommand {
    const { envelope, exchangeId, dto } = this;
    return {
      type: 'DisputeExchange',
      data: { exchangeId, disputeId: idFrom<DisputeId>(envelope.commandId, 'dispute'), kind: dto.kind, text: dto.text },
    };
  }
}
