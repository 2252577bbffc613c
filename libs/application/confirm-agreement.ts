import { Inject } from '@nestjs/common';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { MatchId } from '#domain/ids';
import type { Envelope } from './envelope';
import type { Outcome } from './outcome';
import type { Dispatcher } from './run-decider';
import { DISPATCHER } from './tokens';

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
