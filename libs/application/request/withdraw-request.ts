import type { SentCommand } from '#domain/catalogue';
import type { RequestId } from '#domain/ids';
import { SingleStepCommand } from '../dispatch/single-step-command';

export class WithdrawRequest extends SingleStepCommand<[requestId: RequestId]> {
  toSend(): SentCommand {
    const [requestId] = this.given;
    return { type: 'WithdrawRequest', data: { requestId } };
  }
}
