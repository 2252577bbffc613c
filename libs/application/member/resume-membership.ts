import type { SentCommand } from '#domain/catalogue';
import type { MemberId } from '#domain/ids';
import { SingleStepCommand } from '../dispatch/single-step-command';

export class ResumeMembership extends SingleStepCommand<[memberId: MemberId]> {
  toSend(): SentCommand {
    const [memberId] = this.given;
    return { type: 'ResumeMembership', data: { memberId } };
  }
}
