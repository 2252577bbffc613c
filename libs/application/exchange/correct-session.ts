import { IsOptional } from 'class-validator';
import type { SentCommand } from '#domain/catalogue';
import type { ExchangeId, SessionId } from '#domain/ids';
import { OwnPresenceDto, presenceOf } from '../dto/presence.dto';
import { IsNested } from '../dto/fields';
import { SingleStepCommand } from '../dispatch/single-step-command';

export class CorrectSessionDto {
  /** Left out or null: "I was not there". */
  @IsOptional()
  @IsNested(() => OwnPresenceDto)
  readonly now?: OwnPresenceDto | null;
}

/** R12, R20: anyone may correct their own presence, and nobody else's. */
export class CorrectSession extends SingleStepCommand<[exchangeId: ExchangeId, sessionId: SessionId, dto: CorrectSessionDto]> {
  toSend(): SentCommand {
    const { envelope } = this;
    const [exchangeId, sessionId, dto] = this.given;
    return {
      type: 'CorrectSession',
      data: { exchangeId, sessionId, memberId: envelope.by.id, now: dto.now ? presenceOf(dto.now, envelope.by.id) : null },
    };
  }
}
