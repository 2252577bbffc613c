import { Inject } from '@nestjs/common';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { ExchangeId, MemberId, SessionId } from '#domain/ids';
import { IsId } from './dto/fields';
import type { Envelope } from './envelope';
import type { Outcome } from './outcome';
import type { Dispatcher } from './run-decider';
import { DISPATCHER } from './tokens';

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
