import type { SentCommand } from '#domain/catalogue';
import type { ExchangeId, Salt } from '#domain/ids';
import { EvaluationFormDto, evaluationFormOf } from '../dto/evaluation-form.dto';
import type { Envelope } from '../dispatch/envelope';
import { SingleStepCommand } from '../dispatch/single-step-command';

export class SubmitEvaluationDto extends EvaluationFormDto {}

export class SubmitEvaluation extends SingleStepCommand {
  constructor(
    readonly envelope: Envelope,
    readonly exchangeId: ExchangeId,
    readonly dto: SubmitEvaluationDto,
    readonly salt: Salt,
  ) {
    super();
  }

  toSend(): SentCommand {
    const { exchangeId, dto, salt } = this;
    return { type: 'SubmitEvaluation', data: { exchangeId, form: evaluationFormOf(dto), salt } };
  }
}
