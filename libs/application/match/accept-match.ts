import type { SentCommand } from '#domain/catalogue';
import type { MatchId } from '#domain/ids';
import { SingleStepCommand } from '../dispatch/single-step-command';

/** R6: each accepts for themselves. */
export class AcceptMatch extends SingleStepCommand<[matchId: MatchId]> {
  toSend(): SentCommand {
    const { envelope } = this;
    const [matchId] = this.given;
    return { type: 'AcceptMatch', data: { matchId, memberId: envelope.by.id } };
  }
}
