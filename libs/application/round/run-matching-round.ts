import { Inject } from '@nestjs/common';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { IsBoolean, IsOptional } from 'class-validator';
import type { Instant } from '#kernel/id';
import type { Envelope } from '../dispatch/envelope';
import { orUnknown, rejected, type Outcome } from '../dispatch/outcome';
import { streamNamed, type Dispatcher } from '../dispatch/run-decider';
import { DISPATCHER, ROUND_RUNNER, RUNNING_ROUNDS } from '../dispatch/tokens';
import { IsInstant, IsWhole } from '../dto/fields';
import type { AskedRound, DryRun, RoundRunner } from '../round-runner.port';
import { roundIdOf } from './round-runner';
import { RoundStopped, type RunningRounds } from './running-rounds';

export class RunMatchingRoundDto {
  /** Writes nothing: shows what a round would propose. */
  @IsOptional()
  @IsBoolean()
  readonly dryRun?: boolean;

  /** Decides between equals; left out, the command's id gives one. */
  @IsOptional()
  @IsWhole(0, 0xffff_ffff)
  readonly seed?: number;

  /** As of when waiting and rest are judged; left out, the start of today (UTC), so that a day's runs over the same inputs are the same. */
  @IsOptional()
  @IsInstant()
  readonly asOf?: Instant;
}

/** One run of the matcher over frozen inputs (R18). What it finds is proposed by a process, each match on its own stream. */
export class RunMatchingRound extends Command<Outcome | DryRun> {
  constructor(
    readonly envelope: Envelope,
    readonly dto: RunMatchingRoundDto,
  ) {
    super();
  }
}

@CommandHandler(RunMatchingRound)
export class RunMatchingRoundHandler implements ICommandHandler<RunMatchingRound> {
  constructor(
    @Inject(ROUND_RUNNER) private readonly runner: RoundRunner,
    @Inject(RUNNING_ROUNDS) private readonly running: RunningRounds,
    @Inject(DISPATCHER) private readonly dispatcher: Dispatcher,
  ) {}

  async execute({ envelope, dto }: RunMatchingRound): Promise<Outcome | DryRun> {
    const asked: AskedRound = { envelope, options: { ...dto } };
    try {
      // nobody waits for a round of others to hear again what their own one came to
      const answered = await this.answered(envelope);
      if (answered) return answered;
      return await this.running.run(asked, (watch) => this.runner.run(asked, watch));
    } catch (fault) {
      if (!(fault instanceof RoundStopped)) throw fault;
      return fault.by === 'somebody' ? rejected({ code: 'round-stopped' }) : { outcome: 'unknown', commandId: envelope.commandId };
    }
  }

  private answered(envelope: Envelope): Promise<Outcome | null> {
    return orUnknown<null>(envelope.commandId, () => this.dispatcher.answered(streamNamed('round', roundIdOf(envelope)), envelope));
  }
}
