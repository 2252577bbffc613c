import type { SentCommand } from '#domain/catalogue';
import type { ExchangeId, SessionId } from '#domain/ids';
import { SessionPlanDto } from '../dto/agreement.dto';
import type { Envelope } from '../dispatch/envelope';
import { idFrom } from '../dispatch/derived-ids';
import { SingleStepCommand } from '../dispatch/single-step-command';

const sessionIdOf = ({ commandId }: Envelope): SessionId => idFrom(commandId, 'session');

export class PlanSessionDto extends SessionPlanDto {}

/** One session more. */
export class PlanSession extends SingleStepCommand {
  constructor(
    readonly envelope: Envelope,
    readonly exchangeId: ExchangeId,
    readonly dto: PlanSessionDto,
  ) {
    super();
  }

  toSend(): SentCommand {
    const { envelope, exchangeId, dto } = this;
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
