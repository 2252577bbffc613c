import { Inject } from '@nestjs/common';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { MemberId } from '#domain/ids';
import { IsId, IsText, LENGTH } from '../dto/fields';
import type { Envelope } from '../dispatch/envelope';
import type { Outcome } from '../dispatch/outcome';
import type { Dispatcher } from '../dispatch/run-decider';
import { DISPATCHER } from '../dispatch/tokens';

export class ForbidPairDto {
  @IsId()
  readonly one!: MemberId;

  @IsId()
  readonly other!: MemberId;

  @IsText(LENGTH.text)
  readonly reason!: string;
}

export class ForbidPair extends Command<Outcome> {
  constructor(
    readonly envelope: Envelope,
    readonly dto: ForbidPairDto,
  ) {
    super();
  }
}

@CommandHandler(ForbidPair)
export class ForbidPairHandler implements ICommandHandler<ForbidPair> {
  constructor(@Inject(DISPATCHER) private readonly dispatcher: Dispatcher) {}

  execute({ envelope, dto }: ForbidPair): Promise<Outcome> {
    return this.dispatcher.dispatch(
      { type: 'ForbidPair', data: { networkId: envelope.networkId, pair: [dto.one, dto.other], reason: dto.reason } },
      envelope,
    );
  }
}
