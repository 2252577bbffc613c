import { Inject } from '@nestjs/common';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { IsIn, IsOptional } from 'class-validator';
import type { ExchangeId, IncidentId, MemberId } from '#domain/ids';
import type { IncidentKind } from '#domain/incident/incident.events';
import { IsId, IsText, LENGTH } from '../dto/fields';
import type { Envelope } from '../dispatch/envelope';
import { idFrom } from '../dispatch/derived-ids';
import type { Outcome } from '../dispatch/outcome';
import type { Dispatcher } from '../dispatch/run-decider';
import { DISPATCHER } from '../dispatch/tokens';

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

export class ReportIncident extends Command<Outcome> {
  constructor(
    readonly envelope: Envelope,
    readonly dto: ReportIncidentDto,
  ) {
    super();
  }
}

@CommandHandler(ReportIncident)
export class ReportIncidentHandler implements ICommandHandler<ReportIncident> {
  constructor(@Inject(DISPATCHER) private readonly dispatcher: Dispatcher) {}

  execute({ envelope, dto }: ReportIncident): Promise<Outcome> {
    return this.dispatcher.dispatch(
      {
        type: 'ReportIncident',
        data: {
          incidentId: idFrom<IncidentId>(envelope.commandId, 'incident'),
          kind: dto.kind,
          subject: { exchangeId: dto.exchangeId ?? null, memberId: dto.memberId ?? null, indicator: null },
          text: dto.text,
        },
      },
      envelope,
    );
  }
}
