import { Inject } from '@nestjs/common';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { MatchId } from '#domain/ids';
import type { Envelope } from '../dispatch/envelope';
import type { Outcome } from '../dispatch/outcome';
import type { Dispatcher } from '../dispatch/run-decider';
import { DISPATCHER } from '../dispatch/tokens';

/** R9: where the connection was waived, one participant records and the others confirm. */
export class ConfirmAgreement extends Command<Outcome> {
  constructor(
    readonly envelope: Envelope,
    readonly matchId: MatchId,
  ) {
    super();
  }
}

@CommandHandler(ConfirmAgreement)
export class ConfirmAgreementHandler implements ICommandHandler<ConfirmAgreement> {
  constructor(@Inject(DISPATCHER) private readonly dispatcher: Dispatcher) {}

  execute({ envelope, matchId }: ConfirmAgreement): Promise<Outcome> {
    return this.dispatcher.dispatch({ type: 'ConfirmAgreement', data: { matchId, memberId: envelope.by.id } }, envelope);
  }
}
