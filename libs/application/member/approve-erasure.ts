import type { SentCommand } from '#domain/catalogue';
import type { MemberId } from '#domain/ids';
import type { Envelope } from '../dispatch/envelope';
import { SingleStepCommand } from '../dispatch/single-step-command';

/** Two persons: whoever approves did not ask on behalf. What follows is the system's: see erase-personal-data. */
export class ApproveErasure extends SingleStepCommand {
  constructor(
    readonly envelope: Envelope,
    readonly memberId: MemberId,
  ) {
    super();
  }

  toSend(): SentCommand {
    return { type: 'ApproveErasure', data: { memberId: this.memberId } };
  }
}
