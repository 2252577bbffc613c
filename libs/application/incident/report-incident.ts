import { IsIn, IsOptional } from 'class-validator';
import type { SentCommand } from '#domain/catalogue';
import type { ExchangeId, IncidentId, MemberId } from '#domain/ids';
import type { IncidentKind } from '#domain/incident/incident.events';
import { IsId, IsText, LENGTH } from '../dto/fields';
import { idFrom } from '../dispatch/derived-ids';
import { SingleStepCommand } from '../dispatch/single-step-command';

/** A person's; the kind `risk` is an indicator's (§5). */
const INCIDENT_KINDS: readonly IncidentKind[] = ['confidentiality', 'behaviour', 'content'];

export class ReportIncidentDto {
  @IsIn(INCIDENT_KINDS)
  readonly kind!: IncidentKind;

  @IsOptional()
  @IsId()
  readonly exchangeId?: ExchangeId | null;

  @IsOptional()
  @IsId()
  readonly memberId?: MemberId | null;

  @IsText(LENGTH.text)
  readonly text!: string;
}

export class ReportIncident extends SingleStepCommand<[dto: ReportIncidentDto]> {
  toSend(): SentCommand {
    const { envelope } = this;
    const [dto] = this.given;
    return {
      type: 'ReportIncident',
      data: {
        incidentId: idFrom<IncidentId>(envelope.commandId, 'incident'),
        kind: dto.kind,
        subject: { exchangeId: dto.exchangeId ?? null, memberId: dto.memberId ?? null, indicator: null },
        text: dto.text,
      },
    };
  }
}
