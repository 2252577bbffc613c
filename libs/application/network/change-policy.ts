import { Inject } from '@nestjs/common';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { PolicyChangesDto, policyChangesOf } from '../dto/policy.dto';
import type { Envelope } from '../dispatch/envelope';
import type { Outcome } from '../dispatch/outcome';
import type { Dispatcher } from '../dispatch/run-decider';
import { DISPATCHER } from '../dispatch/tokens';

export class ChangePolicyDto extends PolicyChangesDto {}

/** Windows that are open already keep their end (§3). */
export class ChangePolicy extends Command<Outcome> {
  constructor(
    readonly envelope: Envelope,
    readonly dto: ChangePolicyDto,
  ) {
    super();
  }
}

@CommandHandler(ChangePolicy)
export class ChangePolicyHandler implements ICommandHandler<ChangePolicy> {
  constructor(@Inject(DISPATCHER) private readonly dispatcher: Dispatcher) {}

  execute({ envelope, dto }: ChangePolicy): Promise<Outcome> {
    const data = { networkId: envelope.networkId, changes: policyChangesOf(dto) };
    return this.dispatcher.dispatch({ type: 'ChangePolicy', data }, envelope);
  }
}
