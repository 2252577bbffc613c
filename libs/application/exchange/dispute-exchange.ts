import { Inject } from '@nestjs/common';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { IsIn } from 'class-validator';
import type { DisputeKind } from '#domain/exchange/exchange.events';
import type { DisputeId, ExchangeId } from '#domain/ids';
import { IsText, LENGTH } from '../dto/fields';
import type { Envelope } from '../dispatch/envelope';
import { idFrom } from '../dispatch/derived-ids';
import type { Outcome } from '../dispatch/outcome';
import type { Dispatcher } from '../dispatch/run-decider';
import { DISPATCHER } from '../dispatch/tokens';

const DISPUTE_KINDS: readonly DisputeKind[] = ['content', 'behaviour', 'organisation', 'confidentiality'];

export class DisputeExchangeDto {
  @IsIn(DISPUTE_KINDS)
  readonly kind!: DisputeKind;

  @IsText(LENGTH.text)
  readonly text!: string;
}

export class DisputeExchange extends Command<Outcome> {
  constructor(
    readonly envelope: Envelope,
    readonly exchangeId: ExchangeId,
    readonly dto: DisputeExchangeDto,
  ) {
    super();
  }
}

@CommandHandler(DisputeExchange)
export class DisputeExchangeHandler implements ICommandHandler<DisputeExchange> {
  constructor(@Inject(DISPATCHER) private readonly dispatcher: Dispatcher) {}

  execute({ envelope, exchangeId, dto }: DisputeExchange): Promise<Outcome> {
    return this.dispatcher.dispatch(
      {
        type: 'DisputeExchange',
        data: { exchangeId, disputeId: idFrom<DisputeId>(envelope.commandId, 'dispute'), kind: dto.kind, text: dto.text },
      },
      envelope,
    );
  }
}
