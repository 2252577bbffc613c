import { Inject } from '@nestjs/common';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { IsIn } from 'class-validator';
import type { MatchId } from '#domain/ids';
import type { DeclineReason } from '#domain/match/match.events';
import type { Envelope } from '../dispatch/envelope';
import type { Outcome } from '../dispatch/outcome';
import type { Dispatcher } from '../dispatch/run-decider';
import { DISPATCHER } from '../dispatch/tokens';

/** A person's own; the others are consequences, which processes draw. */
const REASONS: readonly DeclineReason[] = ['no-time', 'not-what-i-seek', 'rather-not-with', 'other'];

export class DeclineMatchDto {
  @IsIn(REASONS)
  readonly reason!: DeclineReason;
}

export class DeclineMatch extends Command<Outcome> {
  constructor(
    readonly envelope: Envelope,
    readonly matchId: MatchId,
    readonly dto: DeclineMatchDto,
  ) {
    super();
  }
}

@CommandHandler(DeclineMatch)
export class DeclineMatchHandler implements ICommandHandler<DeclineMatch> {
  constructor(@Inject(DISPATCHER) private readonly dispatcher: Dispatcher) {}

  execute({ envelope, matchId, dto }: DeclineMatch): Promise<Outcome> {
    return this.dispatcher.dispatch({ type: 'DeclineMatch', data: { matchId, memberId: envelope.by.id, reason: dto.reason } }, envelope);
  }
}
