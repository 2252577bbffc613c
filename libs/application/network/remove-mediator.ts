import type { SentCommand } from '#domain/catalogue';
import type { MemberId } from '#domain/ids';
import { SingleStepCommand } from '../dispatch/single-step-command';

export class RemoveMediator extends SingleStepCommand<[memberId: MemberId]> {
  toSend(): SentCommand {
    const { envelope } = this;
    const [memberId] = this.given;
    return { type: 'RemoveMediator', data: { networkId: envelope.networkId, memberId } };
  }
}
