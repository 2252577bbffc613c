import { Inject } from '@nestjs/common';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { ExchangeId, Salt } from '#domain/ids';
import { EvaluationFormDto, evaluationFormOf } from '../dto/evaluation-form.dto';
import type { Envelope } from '../dispatch/envelope';
import type { Outcome } from '../dispatch/outcome';
import type { Dispatcher } from '../dispatch/run-decider';
import { DISPATCHER } from '../dispatch/tokens';

export class AmendEvaluationDto extends EvaluationFormDto {}

/** R13: before unsealing only; the earlier version stays. */
export class AmendEvaluation extends Command<Outcome> {
  constructor(
    readonly envelope: Envelope,
    readonly exchangeId: ExchangeId,
    readonly dto: AmendEvaluationDto,
    readonly salt: Salt,
  ) {
    super();
  }
}

@CommandHandler(AmendEvaluation)
export class AmendEvaluationHandler implements ICommandHandler<AmendEvaluation> {
  constructor(@Inject(DISPATCHER) private readonly dispatcher: Dispatcher) {}

  execute({ envelope, exchangeId, dto, salt }: AmendEvaluation): Promise<Outcome> {
    return this.dispatcher.dispatch({ type: 'AmendEvaluation', data: { exchangeId, form: evaluationFormOf(dto), salt } }, envelope);
  }
}
