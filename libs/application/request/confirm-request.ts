import type { SentCommand } from '#domain/catalogue';
import type { RequestId } from '#domain/ids';
import { SingleStepCommand } from '../dispatch/single-step-command';

/** Answers the yearly review: the request still stands. */
export class ConfirmRequest extends SingleStepCommand<[requestId: RequestId]> {
  toSend(): SentCommand {
    const [requestId] = this.given;
    return { type: 'ConfirmRequest', data: { requestId } };
  }
}
