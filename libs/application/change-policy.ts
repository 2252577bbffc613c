import { Inject } from '@nestjs/common';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { PolicyChangesDto, policyChangesOf } from './dto/policy.dto';
import type { Envelope } from './envelope';
import type { Outcome } from './outcome';
import type { Dispatcher } from './run-decider';
import { DISPATCHER } from './tokens';

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
