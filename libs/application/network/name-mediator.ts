import type { SentCommand } from '#domain/catalogue';
import type { MemberId } from '#domain/ids';
import { SingleStepCommand } from '../dispatch/single-step-command';

export class NameMediator extends SingleStepCommand<[memberId: MemberId]> {
  toSend(): SentCommand {
    const { envelope } = this;
    const [memberId] = this.given;
    return { type: 'NameMediator', data: { networkId: envelope.networkId, memberId } };
  }
}
