import { Inject } from '@nestjs/common';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { ExchangeId, SessionId } from '#domain/ids';
import { SessionPlanDto } from './dto/agreement.dto';
import type { Envelope } from './envelope';
import { idFrom } from './ids-from';
import type { Outcome } from './outcome';
import type { Dispatcher } from './run-decider';
import { DISPATCHER } from './tokens';

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
