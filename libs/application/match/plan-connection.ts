import { Inject } from '@nestjs/common';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { MatchId, MemberId } from '#domain/ids';
import type { Instant } from '#kernel/id';
import { IsId, IsInstant, IsLine, LENGTH } from '../dto/fields';
import type { Envelope } from '../dispatch/envelope';
import type { Outcome } from '../dispatch/outcome';
import type { Dispatcher } from '../dispatch/run-decider';
import { DISPATCHER } from '../dispatch/tokens';

export class PlanConnectionDto {
  @IsId()
  readonly mediatorId!: MemberId;

  @IsInstant()
  readonly start!: Instant;

  @IsLine(LENGTH.place)
  readonly place!: string;
}

export class PlanConnection extends Command<Outcome> {
  constructor(
    readonly envelope: Envelope,
    readonly matchId: MatchId,
    readonly dto: PlanConnectionDto,
  ) {
    super();
  }
}

@CommandHandler(PlanConnection)
export class PlanConnectionHandler implements ICommandHandler<PlanConnection> {
  constructor(@Inject(DISPATCHER) private readonly dispatcher: Dispatcher) {}

  execute({ envelope, matchId, dto }: PlanConnection): Promise<Outcome> {
    return this.dispatcher.dispatch(
      { type: 'PlanConnection', data: { matchId, mediatorId: dto.mediatorId, start: dto.start, place: dto.place } },
      envelope,
    );
  }
}
