import { Inject } from '@nestjs/common';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { IsOptional } from 'class-validator';
import type { MemberId } from '#domain/ids';
import { IsText, LENGTH } from '../dto/fields';
import type { Envelope } from '../dispatch/envelope';
import type { Outcome } from '../dispatch/outcome';
import type { Dispatcher } from '../dispatch/run-decider';
import { DISPATCHER } from '../dispatch/tokens';

export class LeaveNetworkDto {
  @IsOptional()
  @IsText(LENGTH.text)
  readonly reason?: string | null;
}

export class LeaveNetwork extends Command<Outcome> {
  constructor(
    readonly envelope: Envelope,
    readonly memberId: MemberId,
    readonly dto: LeaveNetworkDto,
  ) {
    super();
  }
}

@CommandHandler(LeaveNetwork)
export class LeaveNetworkHandler implements ICommandHandler<LeaveNetwork> {
  constructor(@Inject(DISPATCHER) private readonly dispatcher: Dispatcher) {}

  execute({ envelope, memberId, dto }: LeaveNetwork): Promise<Outcome> {
    return this.dispatcher.dispatch({ type: 'LeaveNetwork', data: { memberId, reason: dto.reason ?? null } }, envelope);
  }
}
