import type { SentCommand } from '#domain/catalogue';
import type { RequestId } from '#domain/ids';
import type { Envelope } from '../dispatch/envelope';
import { SingleStepCommand } from '../dispatch/single-step-command';

export class WithdrawRequest extends SingleStepCommand {
  constructor(
    readonly envelope: Envelope,
    readonly requestId: RequestId,
  ) {
    super();
  }

  toSend(): SentCommand {
    return { type: 'WithdrawRequest', data: { requestId: this.requestId } };
  }
}
