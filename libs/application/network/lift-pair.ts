import type { SentCommand } from '#domain/catalogue';
import type { MemberId } from '#domain/ids';
import { IsId, IsText, LENGTH } from '../dto/fields';
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
export class LiftPair extends SingleStepCommand<[dto: LiftPairDto]> {
  toSend(): SentCommand {
    const { envelope } = this;
    const [dto] = this.given;
    return { type: 'LiftPair', data: { networkId: envelope.networkId, pair: [dto.one, dto.other], reason: dto.reason } };
  }
}
