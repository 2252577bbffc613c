import { Inject } from '@nestjs/common';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { MemberId } from '#domain/ids';
import { IsWhole } from '../dto/fields';
import type { Envelope } from '../dispatch/envelope';
import type { Outcome } from '../dispatch/outcome';
import type { Dispatcher } from '../dispatch/run-decider';
import { DISPATCHER } from '../dispatch/tokens';

export class AcceptCharterDto {
  @IsWhole(1, 100_000)
  readonly charterVersion!: number;
}

export class AcceptCharter extends Command<Outcome> {
  constructor(
    readonly envelope: Envelope,
    readonly memberId: MemberId,
    readonly dto: AcceptCharterDto,
  ) {
    super();
  }
}

@CommandHandler(AcceptCharter)
export class AcceptCharterHandler implements ICommandHandler<AcceptCharter> {
  constructor(@Inject(DISPATCHER) private readonly dispatcher: Dispatcher) {}

  execute({ envelope, memberId, dto }: AcceptCharter): Promise<Outcome> {
    return this.dispatcher.dispatch({ type: 'AcceptCharter', data: { memberId, charterVersion: dto.charterVersion } }, envelope);
  }
}
