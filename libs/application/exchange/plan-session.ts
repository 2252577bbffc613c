import { Inject } from '@nestjs/common';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { ExchangeId, SessionId } from '#domain/ids';
import { SessionPlanDto } from '../dto/agreement.dto';
import type { Envelope } from '../dispatch/envelope';
import { idFrom } from '../dispatch/derived-ids';
import type { Outcome } from '../dispatch/outcome';
import type { Dispatcher } from '../dispatch/run-decider';
import { DISPATCHER } from '../dispatch/tokens';

const sessionIdOf = ({ commandId }: Envelope): SessionId => idFrom(commandId, 'session');

export class PlanSessionDto extends SessionPlanDto {}

/** One session more. */
export class PlanSession extends Command<Outcome> {
  constructor(
    readonly envelope: Envelope,
    readonly exchangeId: ExchangeId,
    readonly dto: PlanSessionDto,
  ) {
    super();
  }
}

@CommandHandler(PlanSession)
export class PlanSessionHandler implements ICommandHandler<PlanSession> {
  constructor(@Inject(DISPATCHER) private readonly dispatcher: Dispatcher) {}

  execute({ envelope, exchangeId, dto }: PlanSession): Promise<Outcome> {
    return this.dispatcher.dispatch(
      {
        type: 'RescheduleSession',
        data: {
          exchangeId,
          sessionId: sessionIdOf(envelope),
          to: { sessionId: sessionIdOf(envelope), start: dto.start, minutes: dto.minutes },
        },
      },
      envelope,
    );
  }
}
