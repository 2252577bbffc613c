import { Inject } from '@nestjs/common';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { ExchangeId, Salt } from '#domain/ids';
import { EvaluationFormDto, evaluationFormOf } from '../dto/evaluation-form.dto';
import type { Envelope } from '../dispatch/envelope';
import type { Outcome } from '../dispatch/outcome';
import type { Dispatcher } from '../dispatch/run-decider';
import { DISPATCHER } from '../dispatch/tokens';

export class SubmitEvaluationDto extends EvaluationFormDto {}

export class SubmitEvaluation extends Command<Outcome> {
  constructor(
    readonly envelope: Envelope,
    readonly exchangeId: ExchangeId,
    readonly dto: SubmitEvaluationDto,
    readonly salt: Salt,
  ) {
    super();
  }
}

@CommandHandler(SubmitEvaluation)
export class SubmitEvaluationHandler implements ICommandHandler<SubmitEvaluation> {
  constructor(@Inject(DISPATCHER) private readonly dispatcher: Dispatcher) {}

  execute({ envelope, exchangeId, dto, salt }: SubmitEvaluation): Promise<Outcome> {
    return this.dispatcher.dispatch({ type: 'SubmitEvaluation', data: { exchangeId, form: evaluationFormOf(dto), salt } }, envelope);
  }
}
