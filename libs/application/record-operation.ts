import { Inject } from '@nestjs/common';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { Clock } from '#kernel/clock';
import { IsText, LENGTH } from './dto/fields';
import type { Envelope } from './envelope';
import { monthOf } from './month-of';
import type { Outcome } from './outcome';
import type { Dispatcher } from './run-decider';
import { CLOCK, DISPATCHER } from './tokens';

export class RecordOperationDto {
  @IsText(100)
  readonly action!: string;

  @IsText(300)
  readonly target!: string;

  @IsText(LENGTH.text)
  readonly reason!: string;
}

/** What an operator did to read models or parked events: beside all networks. */
export class RecordOperation extends Command<Outcome> {
  constructor(
    readonly envelope: Envelope,
    readonly dto: RecordOperationDto,
  ) {
    super();
  }
}

@CommandHandler(RecordOperation)
export class RecordOperationHandler implements ICommandHandler<RecordOperation> {
  constructor(
    @Inject(DISPATCHER) private readonly dispatcher: Dispatcher,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  execute({ envelope, dto }: RecordOperation): Promise<Outcome> {
    return this.dispatcher.dispatch(
      {
        type: 'RecordOperation',
        data: { ledgerId: monthOf(envelope, this.clock), action: dto.action, target: dto.target, reason: dto.reason },
      },
      envelope,
    );
  }
}
