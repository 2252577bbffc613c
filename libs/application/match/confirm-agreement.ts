import type { SentCommand } from '#domain/catalogue';
import type { MatchId } from '#domain/ids';
import type { Envelope } from '../dispatch/envelope';
import { SingleStepCommand } from '../dispatch/single-step-command';

/** R9: where the connection was waived, one participant records and the others confirm. */
export class ConfirmAgreement extends SingleStepCommand {
  constructor(
    readonly envelope: Envelope,
    readonly matchId: MatchId,
  ) {
    super();
  }

  toSend(): SentCommand {
    const { envelope, matchId } = this;
    return { type: 'ConfirmAgreement', data: { matchId, memberId: envelope.by.id } };
  }
}
