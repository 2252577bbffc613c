import { IsOptional } from 'class-validator';
import type { SentCommand } from '#domain/catalogue';
import type { ExchangeId, SessionId } from '#domain/ids';
import type { Instant } from '#kernel/id';
import { PresenceDto, presenceOf } from '../dto/presence.dto';
import { IsId, IsInstant, IsNestedList, IsWhole } from '../dto/fields';
import { idFrom } from '../dispatch/derived-ids';
import { SingleStepCommand } from '../dispatch/single-step-command';

export class ReportSessionDto {
  /** Left out: a session held that nobody had planned. */
  @IsOptional()
  @IsId()
  readonly sessionId?: SessionId;

  @IsInstant()
  readonly start!: Instant;

  @IsWhole(1, 720)
  readonly minutes!: number;

  @IsNestedList(() => PresenceDto, 1, 200)
  readonly present!: readonly PresenceDto[];
}

export class ReportSession extends SingleStepCommand<[exchangeId: ExchangeId, dto: ReportSessionDto]> {
  toSend(): SentCommand {
    const { envelope } = this;
    const [exchangeId, dto] = this.given;
    return {
      type: 'ReportSession',
      data: {
        exchangeId,
        sessionId: dto.sessionId ?? idFrom<SessionId>(envelope.commandId, 'session'),
        start: dto.start,
        minutes: dto.minutes,
        present: dto.present.map((presence) => presenceOf(presence, presence.memberId)),
      },
    };
  }
}
