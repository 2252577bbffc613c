import type { SentCommand } from '#domain/catalogue';
import type { ExchangeId, Salt } from '#domain/ids';
import { EvaluationFormDto, evaluationFormOf } from '../dto/evaluation-form.dto';
import type { Envelope } from '../dispatch/envelope';
import { SingleStepCommand } from '../dispatch/single-step-command';

export class AmendEvaluationDto extends EvaluationFormDto {}

/** R13: before unsealing only; the earlier version stays. */
export class AmendEvaluation extends SingleStepCommand {
  constructor(
    readonly envelope: Envelope,
    readonly exchangeId: ExchangeId,
    readonly dto: AmendEvaluationDto,
    readonly salt: Salt,
  ) {
    super();
  }

  toSend(): SentCommand {
    const { exchangeId, dto, salt } = this;
    return { type: 'AmendEvaluation', data: { exchangeId, form: evaluationFormOf(dto), salt } };
  }
}
