import type { SentCommand } from '#domain/catalogue';
import type { ExchangeId, MatchId } from '#domain/ids';
import { AgreementDto, agreementOf } from '../dto/agreement.dto';
import { idFrom } from '../dispatch/derived-ids';
import { SingleStepCommand } from '../dispatch/single-step-command';

export class RecordAgreementDto extends AgreementDto {}

/** The exchange's id comes from the match: whoever records the agreement, it opens one exchange. */
export class RecordAgreement extends SingleStepCommand<[matchId: MatchId, dto: RecordAgreementDto]> {
  toSend(): SentCommand {
    const { envelope } = this;
    const [matchId, dto] = this.given;
    return {
      type: 'RecordAgreement',
      data: { matchId, exchangeId: idFrom<ExchangeId>(matchId, 'exchange'), agreement: agreementOf(dto, envelope.commandId) },
    };
  }
}
