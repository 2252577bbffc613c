import { Inject } from '@nestjs/common';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { ExchangeId, MemberId, SessionId } from '#domain/ids';
import { IsId } from '../dto/fields';
import type { Envelope } from '../dispatch/envelope';
import type { Outcome } from '../dispatch/outcome';
import type { Dispatcher } from '../dispatch/run-decider';
import { DISPATCHER } from '../dispatch/tokens';

export class ReportNoShowDto {
  @IsId()
  readonly memberId!: MemberId;
}

export class ReportNoShow extends Command<Outcome> {
  constructor(
    readonly envelope: Envelope,
    readonly exchangeId: ExchangeId,
    readonly sessionId: SessionId,
    readonly dto: ReportNoShowDto,
  ) {
    super();
  }
}

@CommandHandler(ReportNoShow)
export class ReportNoShowHandler implements ICommandHandler<ReportNoShow> {
  constructor(@Inject(DISPATCHER) private readonly dispatcher: Dispatcher) {}

  execute({ envelope, exchangeId, sessionId, dto }: ReportNoShow): Promise<Outcome> {
    return this.dispatcher.dispatch({ type: 'ReportNoShow', data: { exchangeId, sessionId, memberId: dto.memberId } }, envelope);
  }
}
