import { Inject } from '@nestjs/common';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { IsOptional } from 'class-validator';
import type { ExchangeId, SessionId } from '#domain/ids';
import { OwnPresenceDto, presenceOf } from '../dto/presence.dto';
import { IsNested } from '../dto/fields';
import type { Envelope } from '../dispatch/envelope';
import type { Outcome } from '../dispatch/outcome';
import type { Dispatcher } from '../dispatch/run-decider';
import { DISPATCHER } from '../dispatch/tokens';

export class CorrectSessionDto {
  /** Left out or null: "I was not there". */
  @IsOptional()
  @IsNested(() => OwnPresenceDto)
  readonly now?: OwnPresenceDto | null;
}

/** R12, R20: anyone may correct their own presence, and nobody else's. */
export class CorrectSession extends Command<Outcome> {
  constructor(
    readonly envelope: Envelope,
    readonly exchangeId: ExchangeId,
    readonly sessionId: SessionId,
    readonly dto: CorrectSessionDto,
  ) {
    super();
  }
}

@CommandHandler(CorrectSession)
export class CorrectSessionHandler implements ICommandHandler<CorrectSession> {
  constructor(@Inject(DISPATCHER) private readonly dispatcher: Dispatcher) {}

  execute({ envelope, exchangeId, sessionId, dto }: CorrectSession): Promise<Outcome> {
    return this.dispatcher.dispatch(
      {
        type: 'CorrectSession',
        data: { exchangeId, sessionId, memberId: envelope.by.id, now: dto.now ? presenceOf(dto.now, envelope.by.id) : null },
      },
      envelope,
    );
  }
}
