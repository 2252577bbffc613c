import { Inject } from '@nestjs/common';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { ExchangeId, SessionId } from '#domain/ids';
import { SessionPlanDto } from '../dto/agreement.dto';
import type { Envelope } from '../dispatch/envelope';
import type { Outcome } from '../dispatch/outcome';
import type { Dispatcher } from '../dispatch/run-decider';
import { DISPATCHER } from '../dispatch/tokens';

export class RescheduleSessionDto extends SessionPlanDto {}

export class RescheduleSession extends Command<Outcome> {
  constructor(
    readonly envelope: Envelope,
    readonly exchangeId: ExchangeId,
    readonly sessionId: SessionId,
    readonly dto: RescheduleSessionDto,
  ) {
    super();
  }
}

@CommandHandler(RescheduleSession)
export class RescheduleSessionHandler implements ICommandHandler<RescheduleSession> {
  constructor(@Inject(DISPATCHER) private readonly dispatcher: Dispatcher) {}

  execute({ envelope, exchangeId, sessionId, dto }: RescheduleSession): Promise<Outcome> {
    return this.dispatcher.dispatch(
      { type: 'RescheduleSession', data: { exchangeId, sessionId, to: { sessionId, start: dto.start, minutes: dto.minutes } } },
      envelope,
    );
  }
}
