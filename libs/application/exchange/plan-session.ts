import type { SentCommand } from '#domain/catalogue';
import type { ExchangeId, SessionId } from '#domain/ids';
import { SessionPlanDto } from '../dto/agreement.dto';
import type { Envelope } from '../dispatch/envelope';
import { idFrom } from '../dispatch/derived-ids';
import { SingleStepCommand } from '../dispatch/single-step-command';

const sessionIdOf = ({ commandId }: Envelope): SessionId => idFrom(commandId, 'session');

export class PlanSessionDto extends SessionPlanDto {}

/** One session more. */
export class PlanSession extends SingleStepCommand<[exchangeId: ExchangeId, dto: PlanSessionDto]> {
  toSend(): SentCommand {
    const { envelope } = this;
    const [exchangeId, dto] = this.given;
    return {
      type: 'RescheduleSession',
      data: {
        exchangeId,
        sessionId: sessionIdOf(envelope),
        to: { sessionId: sessionIdOf(envelope), start: dto.start, minutes: dto.minutes },
      },
    };
  }
}
