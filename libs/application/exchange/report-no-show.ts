import type { SentCommand } from '#domain/catalogue';
import type { ExchangeId, MemberId, SessionId } from '#domain/ids';
import { IsId } from '../dto/fields';
import type { Envelope } from '../dispatch/envelope';
import { SingleStepCommand } from '../dispatch/single-step-command';

export class ReportNoShowDto {
  @IsId()
  readonly memberId!: MemberId;
}

export class ReportNoShow extends SingleStepCommand {
  constructor(
    readonly envelope: Envelope,
    readonly exchangeId: ExchangeId,
    readonly sessionId: SessionId,
    readonly dto: ReportNoShowDto,
  ) {
    super();
  }

  toSend(): SentCommand {
    const { exchangeId, sessionId, dto } = this;
    return { type: 'ReportNoShow', data: { exchangeId, sessionId, memberId: dto.memberId } };
  }
}
