import { Inject } from '@nestjs/common';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { Clock } from '#kernel/clock';
import type { Instant } from '#kernel/id';
import { IsInstant, IsWhole } from '../dto/fields';
import type { Envelope } from '../dispatch/envelope';
import { monthOf } from './month-of';
import type { Outcome } from '../dispatch/outcome';
import type { Dispatcher } from '../dispatch/run-decider';
import { CLOCK, DISPATCHER } from '../dispatch/tokens';

export class RecordRetentionDto {
  /** Everything older than this instant was judged. */
  @IsInstant()
  readonly upTo!: Instant;

  @IsWhole(0, 100_000_000)
  readonly erased!: number;
}

/** A retention run and how much it erased. */
export class RecordRetention extends Command<Outcome> {
  constructor(
    readonly envelope: Envelope,
    readonly dto: RecordRetentionDto,
  ) {
    super();
  }
}

@CommandHandler(RecordRetention)
export class RecordRetentionHandler implements ICommandHandler<RecordRetention> {
  constructor(
    @Inject(DISPATCHER) private readonly dispatcher: Dispatcher,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  execute({ envelope, dto }: RecordRetention): Promise<Outcome> {
    return this.dispatcher.dispatch(
      {
        type: 'RecordRetention',
        data: { ledgerId: `${envelope.networkId}-${monthOf(envelope, this.clock)}`, upTo: dto.upTo, erased: dto.erased },
      },
      envelope,
    );
  }
}
