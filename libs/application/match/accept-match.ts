import { Inject } from '@nestjs/common';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { MatchId } from '#domain/ids';
import type { Envelope } from '../dispatch/envelope';
import type { Outcome } from '../dispatch/outcome';
import type { Dispatcher } from '../dispatch/run-decider';
import { DISPATCHER } from '../dispatch/tokens';

/** R6: each accepts for themselves. */
export class AcceptMatch extends Command<Outcome> {
  constructor(
    readonly envelope: Envelope,
    readonly matchId: MatchId,
  ) {
    super();
  }
}

@CommandHandler(AcceptMatch)
export class AcceptMatchHandler implements ICommandHandler<AcceptMatch> {
  constructor(@Inject(DISPATCHER) private readonly dispatcher: Dispatcher) {}

  execute({ envelope, matchId }: AcceptMatch): Promise<Outcome> {
    return this.dispatcher.dispatch({ type: 'AcceptMatch', data: { matchId, memberId: envelope.by.id } }, envelope);
  }
}
