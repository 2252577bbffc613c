import { Inject } from '@nestjs/common';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { ExchangeId, SessionId } from '#domain/ids';
import { SessionPlanDto } from './dto/agreement.dto';
import type { Envelope } from './envelope';
import type { Outcome } from './outcome';
import type { Dispatcher } from './run-decider';
import { DISPATCHER } from './tokens';

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
