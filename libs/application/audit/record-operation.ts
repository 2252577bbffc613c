import { Inject } from '@nestjs/common';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { IsIn, Matches } from 'class-validator';
import type { Clock } from '#kernel/clock';
import type { SentCommand } from '#domain/catalogue';
import { streamOf } from '#domain/deciders';
import { IsText, LENGTH } from '../dto/fields';
import type { Envelope } from '../dispatch/envelope';
import { monthOf } from './month-of';
import { orUnknown, type Outcome } from '../dispatch/outcome';
import type { Dispatcher } from '../dispatch/run-decider';
import { CLOCK, DISPATCHER } from '../dispatch/tokens';

/** As recorded: `repeat-parked` is what the API and the command line call retry, `drop-parked` what they call skip. */
export type Operation =
  'rebuild' | 'stop' | 'pause' | 'resume' | 'compare' | 'switch' | 'roll-back' | 'repeat-parked' | 'drop-parked' | 'copy-log' | 'restore';
const OPERATIONS: readonly Operation[] = [
  'rebuild',
  'stop',
  'pause',
  'resume',
  'compare',
  'switch',
  'roll-back',
  'repeat-parked',
  'drop-parked',
  'copy-log',
  'restore',
];

export class RecordOperationDto {
  /** What §7 lets operators do, and what moves a whole log. */
  @IsIn(OPERATIONS)
  readonly action!: Operation;

  /** A read model, a process, a parked event or a log, by its name or id: written in clear, so no free text (R19). */
  @Matches(/^[a-z0-9][a-z0-9/@.-]{0,99}$/, { message: '$property must be a name or an id' })
  readonly target!: string;

  /** Why: recorded with it. */
  @IsText(LENGTH.text)
  readonly reason!: string;
}

/** What an operator did to read models or parked events: beside all networks. */
export class RecordOperation extends Command<Outcome> {
  constructor(
    readonly envelope: Envelope,
    readonly dto: RecordOperationDto,
    /** Throws where it cannot be done; not asked of what was recorded before (R22). */
    readonly mayBegin: () => Promise<void> = () => Promise.resolve(),
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

  execute({ envelope, dto, mayBegin }: RecordOperation): Promise<Outcome> {
    const command: SentCommand = {
      type: 'RecordOperation',
      data: { ledgerId: monthOf(envelope, this.clock), action: dto.action, target: dto.target, reason: dto.reason },
    };
    return orUnknown(envelope.commandId, async () => {
      const earlier = await this.dispatcher.answered(streamOf(command), envelope);
      if (earlier) return earlier;
      await mayBegin();
      return this.dispatcher.dispatch(command, envelope);
    });
  }
}
