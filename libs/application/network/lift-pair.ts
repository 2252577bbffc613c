import type { SentCommand } from '#domain/catalogue';
import type { MemberId } from '#domain/ids';
import { IsId, IsText, LENGTH } from '../dto/fields';
import type { Envelope } from '../dispatch/envelope';
import { SingleStepCommand } from '../dispatch/single-step-command';

export class LiftPairDto {
  @IsId()
  readonly one!: MemberId;

  @IsId()
  readonly other!: MemberId;

  @IsText(LENGTH.text)
  readonly reason!: string;
}

/** R7: two who were kept apart may be matched again. */
export class LiftPair extends SingleStepCommand {
  constructor(
    readonly envelope: Envelope,
    readonly dto: LiftPairDto,
  ) {
    super();
  }

  toSend(): SentCommand {
    const { envelope, dto } = this;
    return { type: 'LiftPair', data: { networkId: envelope.networkId, pair: [dto.one, dto.other], reason: dto.reason } };
  }
}
