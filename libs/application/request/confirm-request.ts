import type { SentCommand } from '#domain/catalogue';
import type { RequestId } from '#domain/ids';
import type { Envelope } from '../dispatch/envelope';
import { SingleStepCommand } from '../dispatch/single-step-command';

/** Answers the yearly review: the request still stands. */
export class ConfirmRequest extends SingleStepCommand {
  constructor(
    readonly envelope: Envelope,
    readonly requestId: RequestId,
  ) {
    super();
  }

  toSend(): SentCommand {
    return { type: 'ConfirmRequest', data: { requestId: this.requestId } };
  }
}
