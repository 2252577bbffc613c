import type { SentCommand } from '#domain/catalogue';
import type { MemberId } from '#domain/ids';
import type { Envelope } from '../dispatch/envelope';
import { SingleStepCommand } from '../dispatch/single-step-command';

export class ResumeMembership extends SingleStepCommand {
  constructor(
    readonly envelope: Envelope,
    readonly memberId: MemberId,
  ) {
    super();
  }

  toSend(): SentCommand {
    return { type: 'ResumeMembership', data: { memberId: this.memberId } };
  }
}
