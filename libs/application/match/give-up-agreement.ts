import { Inject } from '@nestjs/common';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { IsIn } from 'class-validator';
import type { MatchId } from '#domain/ids';
import type { NotAgreedReason } from '#domain/match/match.events';
import type { Envelope } from '../dispatch/envelope';
import type { Outcome } from '../dispatch/outcome';
import type { Dispatcher } from '../dispatch/run-decider';
import { DISPATCHER } from '../dispatch/tokens';

const REASONS: readonly NotAgreedReason[] = ['participants-declined', 'no-connection', 'no-outcome', 'other'];

export class GiveUpAgreementDto {
  @IsIn(REASONS)
  readonly reason!: NotAgreedReason;
}

export class GiveUpAgreement extends Command<Outcome> {
  constructor(
    readonly envelope: Envelope,
    readonly matchId: MatchId,
    readonly dto: GiveUpAgreementDto,
  ) {
    super();
  }
}

@CommandHandler(GiveUpAgreement)
export class GiveUpAgreementHandler implements ICommandHandler<GiveUpAgreement> {
  constructor(@Inject(DISPATCHER) private readonly dispatcher: Dispatcher) {}

  execute({ envelope, matchId, dto }: GiveUpAgreement): Promise<Outcome> {
    return this.dispatcher.dispatch({ type: 'GiveUpAgreement', data: { matchId, reason: dto.reason } }, envelope);
  }
}
