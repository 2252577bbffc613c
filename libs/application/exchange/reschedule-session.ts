import type { SentCommand } from '#domain/catalogue';
import type { ExchangeId, SessionId } from '#domain/ids';
import { SessionPlanDto } from '../dto/agreement.dto';
import type { Envelope } from '../dispatch/envelope';
import { SingleStepCommand } from '../dispatch/single-step-command';

export class RescheduleSessionDto extends SessionPlanDto {}

export class RescheduleSession extends SingleStepCommand {
  constructor(
    readonly envelope: Envelope,
    readonly exchangeId: ExchangeId,
    readonly sessionId: SessionId,
    readonly dto: RescheduleSessionDto,
  ) {
    super();
  }

  toSend(): SentCommand {
    const { exchangeId, sessionId, dto } = this;
    return { type: 'RescheduleSession', data: { exchangeId, sessionId, to: { sessionId, start: dto.start, minutes: dto.minutes } } };
  }
}
