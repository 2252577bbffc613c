import { Inject } from '@nestjs/common';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { MemberId } from '#domain/ids';
import { IsId, IsText, LENGTH } from '../dto/fields';
import type { Envelope } from '../dispatch/envelope';
import type { Outcome } from '../dispatch/outcome';
import type { Dispatcher } from '../dispatch/run-decider';
import { DISPATCHER } from '../dispatch/tokens';

export class LiftPairDto {
  @IsId()
  readonly one!: MemberId;

  @IsId()
  readonly other!: MemberId;

  @IsText(LENGTH.text)
  readonly reason!: string;
}

/** R7: two who were kept apart may be matched again. */
export class LiftPair extends Command<Outcome> {
  constructor(
    readonly envelope: Envelope,
    readonly dto: LiftPairDto,
  ) {
    super();
  }
}

@CommandHandler(LiftPair)
export class LiftPairHandler implements ICommandHandler<LiftPair> {
  constructor(@Inject(DISPATCHER) private readonly dispatcher: Dispatcher) {}

  execute({ envelope, dto }: LiftPair): Promise<Outcome> {
    return this.dispatcher.dispatch(
      { type: 'LiftPair', data: { networkId: envelope.networkId, pair: [dto.one, dto.other], reason: dto.reason } },
      envelope,
    );
  }
}
