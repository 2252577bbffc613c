import type { SavoirsOrder } from '#domain/catalogue';
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

  order(): SavoirsOrder {
    const { envelope, matchId } = this;
    return { type: 'AcceptMatch', data: { matchId, memberId: envelope.by.id } };
  }
}
