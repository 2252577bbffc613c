import { Inject } from '@nestjs/common';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { IsIn } from 'class-validator';
import type { RequestId } from '#domain/ids';
import type { ContestKind } from '#domain/offer/offer.events';
import { IsText, LENGTH } from '../dto/fields';
import type { Envelope } from '../dispatch/envelope';
import type { Outcome } from '../dispatch/outcome';
import type { Dispatcher } from '../dispatch/run-decider';
import { DISPATCHER } from '../dispatch/tokens';

const CONTEST_KINDS: readonly ContestKind[] = ['not-professional', 'a-service', 'misleading', 'confidential'];

export class ContestRequestDto {
  @IsIn(CONTEST_KINDS)
  readonly kind!: ContestKind;

  @IsText(LENGTH.text)
  readonly text!: string;
}

/** R14: contested afterwards, never pre-approved. */
export class ContestRequest extends Command<Outcome> {
  constructor(
    readonly envelope: Envelope,
    readonly requestId: RequestId,
    readonly dto: ContestRequestDto,
  ) {
    super();
  }
}

@CommandHandler(ContestRequest)
export class ContestRequestHandler implements ICommandHandler<ContestRequest> {
  constructor(@Inject(DISPATCHER) private readonly dispatcher: Dispatcher) {}

  execute({ envelope, requestId, dto }: ContestRequest): Promise<Outcome> {
    return this.dispatcher.dispatch({ type: 'ContestRequest', data: { requestId, kind: dto.kind, text: dto.text } }, envelope);
  }
}
