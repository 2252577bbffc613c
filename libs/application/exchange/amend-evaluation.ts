import type { SentCommand } from '#domain/catalogue';
import type { ExchangeId, Salt } from '#domain/ids';
import { EvaluationFormDto, evaluationFormOf } from '../dto/evaluation-form.dto';
import { SingleStepCommand } from '../dispatch/single-step-command';

export class AmendEvaluationDto extends EvaluationFormDto {}

/** R13: before unsealing only; the earlier version stays. */
export class AmendEvaluation extends SingleStepCommand<[exchangeId: ExchangeId, dto: AmendEvaluationDto, salt: Salt]> {
  toSend(): SentCommand {
    const [exchangeId, dto, salt] = this.given;
    return { type: 'AmendEvaluation', data: { exchangeId, form: evaluationFormOf(dto), salt } };
  }
}
