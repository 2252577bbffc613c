import { Inject } from '@nestjs/common';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { IsIn } from 'class-validator';
import type { DropReason } from '#domain/exchange/exchange.events';
import type { ExchangeId, MemberId } from '#domain/ids';
import type { Envelope } from '../dispatch/envelope';
import type { Outcome } from '../dispatch/outcome';
import type { Dispatcher } from '../dispatch/run-decider';
import { DISPATCHER } from '../dispatch/tokens';

const REASONS: readonly DropReason[] = ['own-choice', 'behaviour'];

export class DropOutDto {
  @IsIn(REASONS)
  readonly reason!: DropReason;
}

export class DropOut extends Command<Outcome> {
  constructor(
    readonly envelope: Envelope,
    readonly exchangeId: ExchangeId,
    readonly memberId: MemberId,
    readonly dto: DropOutDto,
  ) {
    super();
  }
}

@CommandHandler(DropOut)
export class DropOutHandler implements ICommandHandler<DropOut> {
  constructor(@Inject(DISPATCHER) private readonly dispatcher: Dispatcher) {}

  execute({ envelope, exchangeId, memberId, dto }: DropOut): Promise<Outcome> {
    return this.dispatcher.dispatch({ type: 'DropOut', data: { exchangeId, memberId, reason: dto.reason } }, envelope);
  }
}
