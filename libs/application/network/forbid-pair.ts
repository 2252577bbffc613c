import type { SentCommand } from '#domain/catalogue';
import type { MemberId } from '#domain/ids';
import { IsId, IsText, LENGTH } from '../dto/fields';
import { SingleStepCommand } from '../dispatch/single-step-command';

export class ForbidPairDto {
  @IsId()
  readonly one!: MemberId;

  @IsId()
  readonly other!: MemberId;

  @IsText(LENGTH.text)
  readonly reason!: string;
}

export class ForbidPair extends SingleStepCommand<[dto: ForbidPairDto]> {
  toSend(): SentCommand {
    const { envelope } = this;
    const [dto] = this.given;
    return { type: 'ForbidPair', data: { networkId: envelope.networkId, pair: [dto.one, dto.other], reason: dto.reason } };
  }
}
