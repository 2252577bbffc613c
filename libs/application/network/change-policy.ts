import type { SentCommand } from '#domain/catalogue';
import { PolicyChangesDto, policyChangesOf } from '../dto/policy.dto';
import type { Envelope } from '../dispatch/envelope';
import { SingleStepCommand } from '../dispatch/single-step-command';

export class ChangePolicyDto extends PolicyChangesDto {}

/** Windows that are open already keep their end (§3). */
export class ChangePolicy extends SingleStepCommand {
  constructor(
    readonly envelope: Envelope,
    readonly dto: ChangePolicyDto,
  ) {
    super();
  }

  toSend(): SentCommand {
    const { envelope, dto } = this;
    return { type: 'ChangePolicy', data: { networkId: envelope.networkId, changes: policyChangesOf(dto) } };
  }
}
