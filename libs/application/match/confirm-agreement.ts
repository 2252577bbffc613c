import type { SentCommand } from '#domain/catalogue';
import type { MatchId } from '#domain/ids';
import { SingleStepCommand } from '../dispatch/single-step-command';

/** R9: where the connection was waived, one participant records and the others confirm. */
export class ConfirmAgreement extends SingleStepCommand<[matchId: MatchId]> {
  toSend(): SentCommand {
    const { envelope } = this;
    const [matchId] = this.given;
    return { type: 'ConfirmAgreement', data: { matchId, memberId: envelope.by.id } };
  }
}
