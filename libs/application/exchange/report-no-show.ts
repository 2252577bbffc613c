import type { SentCommand } from '#domain/catalogue';
import type { ExchangeId, MemberId, SessionId } from '#domain/ids';
import { IsId } from '../dto/fields';
import { SingleStepCommand } from '../dispatch/single-step-command';

export class ReportNoShowDto {
  @IsId()
  readonly memberId!: MemberId;
}

export class ReportNoShow extends SingleStepCommand<[exchangeId: ExchangeId, sessionId: SessionId, dto: ReportNoShowDto]> {
  toSend(): SentCommand {
    const [exchangeId, sessionId, dto] = this.given;
    return { type: 'ReportNoShow', data: { exchangeId, sessionId, memberId: dto.memberId } };
  }
}
