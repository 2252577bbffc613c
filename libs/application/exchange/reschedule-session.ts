import type { SentCommand } from '#domain/catalogue';
import type { ExchangeId, SessionId } from '#domain/ids';
import { SessionPlanDto } from '../dto/agreement.dto';
import { SingleStepCommand } from '../dispatch/single-step-command';

export class RescheduleSessionDto extends SessionPlanDto {}

export class RescheduleSession extends SingleStepCommand<[exchangeId: ExchangeId, sessionId: SessionId, dto: RescheduleSessionDto]> {
  toSend(): SentCommand {
    const [exchangeId, sessionId, dto] = this.given;
    return { type: 'RescheduleSession', data: { exchangeId, sessionId, to: { sessionId, start: dto.start, minutes: dto.minutes } } };
  }
}
