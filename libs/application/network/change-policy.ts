import type { SentCommand } from '#domain/catalogue';
import { PolicyChangesDto, policyChangesOf } from '../dto/policy.dto';
import { SingleStepCommand } from '../dispatch/single-step-command';

export class ChangePolicyDto extends PolicyChangesDto {}

/** Windows that are open already keep their end (§3). */
export class ChangePolicy extends SingleStepCommand<[dto: ChangePolicyDto]> {
  toSend(): SentCommand {
    const { envelope } = this;
    const [dto] = this.given;
    return { type: 'ChangePolicy', data: { networkId: envelope.networkId, changes: policyChangesOf(dto) } };
  }
}
