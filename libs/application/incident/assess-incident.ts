import type { SentCommand } from '#domain/catalogue';
import type { IncidentId } from '#domain/ids';
import { IsText, LENGTH } from '../dto/fields';
import type { Envelope } from '../dispatch/envelope';
import { SingleStepCommand } from '../dispatch/single-step-command';

export class AssessIncidentDto {
  @IsText(LENGTH.text)
  readonly action!: string;
}

export class AssessIncident extends SingleStepCommand {
  constructor(
    readonly envelope: Envelope,
    readonly incidentId: IncidentId,
    readonly dto: AssessIncidentDto,
  ) {
    super();
  }

  toSend(): SentCommand {
    const { incidentId, dto } = this;
    return { type: 'AssessIncident', data: { incidentId, action: dto.action } };
  }
}
