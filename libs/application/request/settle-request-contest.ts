import { Inject } from '@nestjs/common';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { IsIn } from 'class-validator';
import type { RequestId } from '#domain/ids';
import { IsText, LENGTH } from '../dto/fields';
import type { Envelope } from '../dispatch/envelope';
import type { Outcome } from '../dispatch/outcome';
import type { Dispatcher } from '../dispatch/run-decider';
import { DISPATCHER } from '../dispatch/tokens';

export class SettleRequestContestDto {
  @IsIn(['kept', 'taken-down'])
  readonly outcome!: 'kept' | 'taken-down';

  @IsText(LENGTH.text)
  readonly text!: string;
}

export class SettleRequestContest extends Command<Outcome> {
  constructor(
    readonly envelope: Envelope,
    readonly requestId: RequestId,
    readonly dto: SettleRequestContestDto,
  ) {
    super();
  }
}

@CommandHandler(SettleRequestContest)
export class SettleRequestContestHandler implements ICommandHandler<SettleRequestContest> {
  constructor(@Inject(DISPATCHER) private readonly dispatcher: Dispatcher) {}

  execute({ envelope, requestId, dto }: SettleRequestContest): Promise<Outcome> {
    return this.dispatcher.dispatch({ type: 'SettleRequestContest', data: { requestId, outcome: dto.outcome, text: dto.text } }, envelope);
  }
}
