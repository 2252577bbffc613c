import { Inject } from '@nestjs/common';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { IsIn } from 'class-validator';
import type { Clock } from '#kernel/clock';
import { IsText, LENGTH } from '../dto/fields';
import type { Envelope } from '../dispatch/envelope';
import { monthOf } from './month-of';
import type { Outcome } from '../dispatch/outcome';
import type { Dispatcher } from '../dispatch/run-decider';
import { CLOCK, DISPATCHER } from '../dispatch/tokens';

type Purpose = 'audit' | 'identity' | 'access-request' | 'hours-export';
const PURPOSES: readonly Purpose[] = ['audit', 'identity', 'access-request', 'hours-export'];

export class RecordAccessDto {
  /** Stream name or list looked at. */
  @IsText(300)
  readonly subject!: string;

  @IsIn(PURPOSES)
  readonly purpose!: Purpose;

  /** By which way: a route as the API’s document names it, or a verb of the command line. */
  @IsText(200)
  readonly route!: string;

  @IsText(LENGTH.text)
  readonly motive!: string;
}

/** Each look at personal data is itself recorded, with a motive (§7). */
export class RecordAccess extends Command<Outcome> {
  constructor(
    readonly envelope: Envelope,
    readonly dto: RecordAccessDto,
  ) {
    super();
  }
}

@CommandHandler(RecordAccess)
export class RecordAccessHandler implements ICommandHandler<RecordAccess> {
  constructor(
    @Inject(DISPATCHER) private readonly dispatcher: Dispatcher,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  execute({ envelope, dto }: RecordAccess): Promise<Outcome> {
    return this.dispatcher.dispatch(
      {
        type: 'RecordAccess',
        data: {
          ledgerId: `${envelope.networkId}-${monthOf(envelope, this.clock)}`,
          subject: dto.subject,
          purpose: dto.purpose,
          route: dto.route,
          motive: dto.motive,
        },
      },
      envelope,
    );
  }
}
