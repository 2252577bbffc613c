import type { SentCommand } from '#domain/catalogue';
import type { MemberId } from '#domain/ids';
import type { Envelope } from '../dispatch/envelope';
import { SingleStepCommand } from '../dispatch/single-step-command';

export class NameMediator extends SingleStepCommand {
  constructor(
    readonly envelope: Envelope,
    readonly memberId: MemberId,
  ) {
    super();
  }

  toSend(): SentCommand {
    const { envelope, memberId } = this;
    return { type: 'NameMediator', data: { networkId: envelope.networkId, memberId } };
  }
}
