import type { SentCommand } from '#domain/catalogue';
import type { IncidentId } from '#domain/ids';
import { IsText, LENGTH } from '../dto/fields';
import { SingleStepCommand } from '../dispatch/single-step-command';

export class ResolveIncidentDto {
  @IsText(LENGTH.text)
  readonly text!: string;
}

export class ResolveIncident extends SingleStepCommand<[incidentId: IncidentId, dto: ResolveIncidentDto]> {
  toSend(): SentCommand {
    const [incidentId, dto] = this.given;
    return { type: 'ResolveIncident', data: { incidentId, text: dto.text } };
  }
}
