import type { SentCommand } from '#domain/catalogue';
import type { MatchId, MemberId } from '#domain/ids';
import type { Instant } from '#kernel/id';
import { IsId, IsInstant, IsLine, LENGTH } from '../dto/fields';
import type { Envelope } from '../dispatch/envelope';
import { SingleStepCommand } from '../dispatch/single-step-command';

export class PlanConnectionDto {
  @IsId()
  readonly mediatorId!: MemberId;

  @IsInstant()
  readonly start!: Instant;

  @IsLine(LENGTH.place)
  readonly place!: string;
}

export class PlanConnection extends SingleStepCommand {
  constructor(
    readonly envelope: Envelope,
    readonly matchId: MatchId,
    readonly dto: PlanConnectionDto,
  ) {
    super();
  }

  toSend(): SentCommand {
    const { matchId, dto } = this;
    return { type: 'PlanConnection', data: { matchId, mediatorId: dto.mediatorId, start: dto.start, place: dto.place } };
  }
}
