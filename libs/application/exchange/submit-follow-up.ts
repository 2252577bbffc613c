import { Inject } from '@nestjs/common';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { IsBoolean, IsOptional } from 'class-validator';
import type { ExchangeId, Salt } from '#domain/ids';
import { IsText, LENGTH } from '../dto/fields';
import type { Envelope } from '../dispatch/envelope';
import type { Outcome } from '../dispatch/outcome';
import type { Dispatcher } from '../dispatch/run-decider';
import { DISPATCHER } from '../dispatch/tokens';

export class SubmitFollowUpDto {
  @IsBoolean()
  readonly usedAtWork!: boolean;

  @IsOptional()
  @IsText(LENGTH.text)
  readonly example?: string | null;
}

export class SubmitFollowUp extends Command<Outcome> {
  constructor(
    readonly envelope: Envelope,
    readonly exchangeId: ExchangeId,
    readonly dto: SubmitFollowUpDto,
    readonly salt: Salt,
  ) {
    super();
  }
}

@CommandHandler(SubmitFollowUp)
export class SubmitFollowUpHandler implements ICommandHandler<SubmitFollowUp> {
  constructor(@Inject(DISPATCHER) private readonly dispatcher: Dispatcher) {}

  execute({ envelope, exchangeId, dto, salt }: SubmitFollowUp): Promise<Outcome> {
    return this.dispatcher.dispatch(
      { type: 'SubmitFollowUp', data: { exchangeId, usedAtWork: dto.usedAtWork, example: dto.example ?? null, salt } },
      envelope,
    );
  }
}
