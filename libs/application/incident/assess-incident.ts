import { Inject } from '@nestjs/common';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { IncidentId } from '#domain/ids';
import { IsText, LENGTH } from '../dto/fields';
import type { Envelope } from '../dispatch/envelope';
import type { Outcome } from '../dispatch/outcome';
import type { Dispatcher } from '../dispatch/run-decider';
import { DISPATCHER } from '../dispatch/tokens';

export class AssessIncidentDto {
  @IsText(LENGTH.text)
  readonly action!: string;
}

export class AssessIncident extends Command<Outcome> {
  constructor(
    readonly envelope: Envelope,
    readonly incidentId: IncidentId,
    readonly dto: AssessIncidentDto,
  ) {
    super();
  }
}

@CommandHandler(AssessIncident)
export class AssessIncidentHandler implements ICommandHandler<AssessIncident> {
  constructor(@Inject(DISPATCHER) private readonly dispatcher: Dispatcher) {}

  execute({ envelope, incidentId, dto }: AssessIncident): Promise<Outcome> {
    return this.dispatcher.dispatch({ type: 'AssessIncident', data: { incidentId, action: dto.action } }, envelope);
  }
}
