import type { SentCommand } from '#domain/catalogue';
import type { MemberId } from '#domain/ids';
import { SingleStepCommand } from '../dispatch/single-step-command';

/** Two persons: whoever approves did not ask on behalf. What follows is the system's: see erase-personal-data. */
export class ApproveErasure extends SingleStepCommand<[memberId: MemberId]> {
  toSend(): SentCommand {
    const [memberId] = this.given;
    return { type: 'ApproveErasure', data: { memberId } };
  }
}
