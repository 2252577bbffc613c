import { Inject } from '@nestjs/common';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { IsBoolean, IsOptional } from 'class-validator';
import type { SentCommand } from '#domain/catalogue';
import type { RoundId } from '#domain/ids';
import type { Clock } from '#kernel/clock';
import type { CommandId, Instant } from '#kernel/id';
import { asOfOrNow } from '#kernel/instant';
import type { RoundCommand } from '#domain/round/round.commands';
import type { DataOf } from '#kernel/message';
import { optimumMatcher } from '#matching/optimum-matcher';
import { IsInstant, IsWhole } from '../dto/fields';
import type { Envelope } from '../dispatch/envelope';
import { idFrom, uuidV5 } from '../dispatch/derived-ids';
import { inputHashOf } from './input-hash';
import type { NetworkFactsSource } from '../dispatch/network-facts';
import { orUnknown, rejected, type Outcome } from '../dispatch/outcome';
import type { RoundInputsSource } from '../round-inputs.port';
import { streamNamed, type Dispatcher, type Guard } from '../dispatch/run-decider';
import { CLOCK, DISPATCHER, NETWORK_FACTS, ROUND_INPUTS } from '../dispatch/tokens';

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

export interface DryRun {
  readonly outcome: 'dry-run';
  readonly round: RoundData;
  readonly policyVersion: number;
}

type RoundData = DataOf<RoundCommand, 'RunMatchingRound'>;

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
    @Inject(DISPATCHER) private readonly dispatcher: Dispatcher,
    @Inject(NETWORK_FACTS) private readonly facts: NetworkFactsSource,
    @Inject(ROUND_INPUTS) private readonly source: RoundInputsSource,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  execute({ envelope, dto }: RunMatchingRound): Promise<Outcome | DryRun> {
    return orUnknown<DryRun>(envelope.commandId, () => this.run(envelope, dto));
  }

  private async run(envelope: Envelope, dto: RunMatchingRoundDto): Promise<Outcome | DryRun> {
    const answered = await this.dispatcher.answered(streamNamed('round', roundIdOf(envelope)), envelope);
    if (answered) return answered;
    const facts = await this.facts.of(envelope.networkId);
    if (!facts) return rejected({ code: 'network-not-found' });
    const now = this.clock.now();
    const asOf = asOfOrNow(dto.asOf ?? startOfDay(now), now);
    const frozen = await this.source.freeze(envelope.networkId, asOf);
    const seed = dto.seed ?? Number.parseInt(envelope.commandId.slice(0, 8), 16);
    const roundId = roundIdOf(envelope);
    const found = optimumMatcher(frozen.inputs, facts.policy, { seed, makeId: (name) => uuidV5(roundId, name) });
    const data = { roundId, asOf, readUpTo: frozen.readUpTo, inputHash: inputHashOf(frozen.inputs), seed, ...found };
    const order = { type: 'RunMatchingRound', data } as const;
    if (!dto.dryRun) return this.record(order, envelope, ({ policyVersion }) => sameVersion(policyVersion, facts.policyVersion));
    const { refusal } = await this.dispatcher.judge(order, envelope);
    return refusal ? rejected(refusal) : { outcome: 'dry-run', round: data, policyVersion: facts.policyVersion };
  }

  /** A large round takes several appends: the one that completes it bears the command's own id, so that a repeat answers as the first time. */
  private async record(order: SentCommand, envelope: Envelope, guard: Guard): Promise<Outcome> {
    for (let part = 0; ; part += 1) {
      const { refusal, eventTypes } = await this.dispatcher.judge(order, envelope, guard);
      if (refusal) return rejected(refusal);
      if (eventTypes.length === 0 || eventTypes.includes('MatchingRoundCompleted')) return this.dispatcher.dispatch(order, envelope, guard);
      const commandId = idFrom<CommandId>(envelope.commandId, `part/${part}`);
      const outcome = await this.dispatcher.dispatch(order, { ...envelope, commandId, correlationId: envelope.commandId }, guard);
      if (outcome.outcome !== 'done')
        return outcome.outcome === 'unknown' ? { outcome: 'unknown', commandId: envelope.commandId } : outcome;
    }
  }
}

/** R18: a clock that ticks makes no other round. A pair whose rest ends today rests until tomorrow. */
const startOfDay = (now: Instant): Instant => `${now.slice(0, 10)}T00:00:00.000Z` as Instant;

/** The round that this command runs. */
export const roundIdOf = ({ commandId }: Envelope): RoundId => idFrom<RoundId>(commandId, 'round');

/** R18: a round is recorded under the policy that it was computed by. */
const sameVersion = async (now: number, computed: number) => (now === computed ? null : ({ code: 'policy-changed-meanwhile' } as const));
