import type { SentCommand } from '#domain/catalogue';
import type { IncidentId } from '#domain/ids';
import { IsText, LENGTH } from '../dto/fields';
import type { Envelope } from '../dispatch/envelope';
import { SingleStepCommand } from '../dispatch/single-step-command';

export class ResolveIncidentDto {
  @IsText(LENGTH.text)
  readonly text!: string;
}

export class ResolveIncident extends SingleStepCommand {
  constructor(
    readonly envelope: Envelope,
    readonly incidentId: IncidentId,
    readonly dto: ResolveIncidentDto,
  ) {
    super();
  }

  toSend(): SentCommand {
    const { incidentId, dto } = this;
    return { type: 'ResolveIncident', data: { incidentId, text: dto.text } };
  }
}
