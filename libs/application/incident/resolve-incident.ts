import { Inject } from '@nestjs/common';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { IncidentId } from '#domain/ids';
import { IsText, LENGTH } from '../dto/fields';
import type { Envelope } from '../dispatch/envelope';
import type { Outcome } from '../dispatch/outcome';
import type { Dispatcher } from '../dispatch/run-decider';
import { DISPATCHER } from '../dispatch/tokens';

export class ResolveIncidentDto {
  @IsText(LENGTH.text)
  readonly text!: string;
}

export class ResolveIncident extends Command<Outcome> {
  constructor(
    readonly envelope: Envelope,
    readonly incidentId: IncidentId,
    readonly dto: ResolveIncidentDto,
  ) {
    super();
  }
}

@CommandHandler(ResolveIncident)
export class ResolveIncidentHandler implements ICommandHandler<ResolveIncident> {
  constructor(@Inject(DISPATCHER) private readonly dispatcher: Dispatcher) {}

  execute({ envelope, incidentId, dto }: ResolveIncident): Promise<Outcome> {
    return this.dispatcher.dispatch({ type: 'ResolveIncident', data: { incidentId, text: dto.text } }, envelope);
  }
}
