import { Body, Controller, Param, Post } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { AssessIncident, AssessIncidentDto } from '#application/incident/assess-incident';
import type { Envelope } from '#application/dispatch/envelope';
import { idFrom } from '#application/dispatch/derived-ids';
import { ReportIncident, ReportIncidentDto } from '#application/incident/report-incident';
import { ResolveIncident, ResolveIncidentDto } from '#application/incident/resolve-incident';
import type { IncidentId } from '#domain/ids';
import { Allow } from '../../../installation/access';
import { ApiCommand } from '../../openapi/documented';
import { EnvelopeOf } from '../../commands/envelope';
import { IdPipe } from '../../http/id.pipe';

/** Reported, assessed, resolved. */
@Controller('networks/:networkId/incidents')
export class IncidentsController {
  constructor(private readonly commands: CommandBus) {}

  @Post()
  @Allow('facilitator', 'member')
  @ApiCommand('Reports an incident')
  async report(@EnvelopeOf() envelope: Envelope, @Body() dto: ReportIncidentDto) {
    return { incidentId: idFrom(envelope.commandId, 'incident'), ...(await this.commands.execute(new ReportIncident(envelope, dto))) };
  }

  @Post(':incidentId/assessment')
  @Allow('facilitator', 'network-lead')
  @ApiCommand('Decides on an action')
  assess(@EnvelopeOf() envelope: Envelope, @Param('incidentId', IdPipe) incidentId: IncidentId, @Body() dto: AssessIncidentDto) {
    return this.commands.execute(new AssessIncident(envelope, incidentId, dto));
  }

  @Post(':incidentId/resolution')
  @Allow('facilitator', 'network-lead')
  @ApiCommand('Resolves it')
  resolve(@EnvelopeOf() envelope: Envelope, @Param('incidentId', IdPipe) incidentId: IncidentId, @Body() dto: ResolveIncidentDto) {
    return this.commands.execute(new ResolveIncident(envelope, incidentId, dto));
  }
}
