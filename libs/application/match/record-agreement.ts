import { Inject } from '@nestjs/common';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { ExchangeId, MatchId } from '#domain/ids';
import { AgreementDto, agreementOf } from '../dto/agreement.dto';
import type { Envelope } from '../dispatch/envelope';
import { idFrom } from '../dispatch/derived-ids';
import type { Outcome } from '../dispatch/outcome';
import type { Dispatcher } from '../dispatch/run-decider';
import { DISPATCHER } from '../dispatch/tokens';

export class RecordAgreementDto extends AgreementDto {}

/** The exchange's id comes from the match: whoever records the agreement, it opens one exchange. */
export class RecordAgreement extends Command<Outcome> {
  constructor(
    readonly envelope: Envelope,
    readonly matchId: MatchId,
    readonly dto: RecordAgreementDto,
  ) {
    super();
  }
}

@CommandHandler(RecordAgreement)
export class RecordAgreementHandler implements ICommandHandler<RecordAgreement> {
  constructor(@Inject(DISPATCHER) private readonly dispatcher: Dispatcher) {}

  execute({ envelope, matchId, dto }: RecordAgreement): Promise<Outcome> {
    return this.dispatcher.dispatch(
      {
        type: 'RecordAgreement',
        data: { matchId, exchangeId: idFrom<ExchangeId>(matchId, 'exchange'), agreement: agreementOf(dto, envelope.commandId) },
      },
      envelope,
    );
  }
}
