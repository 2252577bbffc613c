import type { SentCommand } from '#domain/catalogue';
import type { MemberId } from '#domain/ids';
import { SingleStepCommand } from '../dispatch/single-step-command';

export class AskForErasure extends SingleStepCommand<[memberId: MemberId]> {
  toSend(): SentCommand {
    const [memberId] = this.given;
    return { type: 'AskForErasure', data: { memberId } };
  }
}
