import type { SentCommand } from '#domain/catalogue';
import type { MatchId, MemberId } from '#domain/ids';
import type { Instant } from '#kernel/id';
import { IsId, IsInstant, IsLine, LENGTH } from '../dto/fields';
import { SingleStepCommand } from '../dispatch/single-step-command';

export class PlanConnectionDto {
  @IsId()
  readonly mediatorId!: MemberId;

  @IsInstant()
  readonly start!: Instant;

  @IsLine(LENGTH.place)
  readonly place!: string;
}

export class PlanConnection extends SingleStepCommand<[matchId: MatchId, dto: PlanConnectionDto]> {
  toSend(): SentCommand {
    const [matchId, dto] = this.given;
    return { type: 'PlanConnection', data: { matchId, mediatorId: dto.mediatorId, start: dto.start, place: dto.place } };
  }
}
