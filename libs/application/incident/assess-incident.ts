import type { SentCommand } from '#domain/catalogue';
import type { IncidentId } from '#domain/ids';
import { IsText, LENGTH } from '../dto/fields';
import { SingleStepCommand } from '../dispatch/single-step-command';

export class AssessIncidentDto {
  @IsText(LENGTH.text)
  readonly action!: string;
}

export class AssessIncident extends SingleStepCommand<[incidentId: IncidentId, dto: AssessIncidentDto]> {
  toSend(): SentCommand {
    const [incidentId, dto] = this.given;
    return { type: 'AssessIncident', data: { incidentId, action: dto.action } };
  }
}
