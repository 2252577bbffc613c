import type { SentCommand } from '#domain/catalogue';
import type { ExchangeId, Salt } from '#domain/ids';
import { EvaluationFormDto, evaluationFormOf } from '../dto/evaluation-form.dto';
import { SingleStepCommand } from '../dispatch/single-step-command';

export class SubmitEvaluationDto extends EvaluationFormDto {}

export class SubmitEvaluation extends SingleStepCommand<[exchangeId: ExchangeId, dto: SubmitEvaluationDto, salt: Salt]> {
  toSend(): SentCommand {
    const [exchangeId, dto, salt] = this.given;
    return { type: 'SubmitEvaluation', data: { exchangeId, form: evaluationFormOf(dto), salt } };
  }
}
