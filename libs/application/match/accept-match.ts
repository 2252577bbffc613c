import type { SentCommand } from '#domain/catalogue';
import type { MatchId } from '#domain/ids';
import type { Envelope } from '../dispatch/envelope';
import { SingleStepCommand } from '../dispatch/single-step-command';

/** R6: each accepts for themselves. */
export class AcceptMatch extends SingleStepCommand {
  constructor(
    readonly envelope: Envelope,
    readonly matchId: MatchId,
  ) {
    super();
  }

  toSend(): SentCommand {
    const { envelope, matchId } = this;
    return { type: 'AcceptMatch', data: { matchId, memberId: envelope.by.id } };
  }
}
