import type { SentCommand } from '#domain/catalogue';
import type { MemberId } from '#domain/ids';
import { IsWhole } from '../dto/fields';
import type { Envelope } from '../dispatch/envelope';
import { SingleStepCommand } from '../dispatch/single-step-command';

export class AcceptCharterDto {
  @IsWhole(1, 100_000)
  readonly charterVersion!: number;
}

export class AcceptCharter extends SingleStepCommand {
  constructor(
    readonly envelope: Envelope,
    readonly memberId: MemberId,
    readonly dto: AcceptCharterDto,
  ) {
    super();
  }

  toSend(): SentCommand {
    const { memberId, dto } = this;
    return { type: 'AcceptCharter', data: { memberId, charterVersion: dto.charterVersion } };
  }
}
