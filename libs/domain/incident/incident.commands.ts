import type { Personal } from '#kernel/message';
import type { DomainCommand } from '../command';
import type { IncidentId } from '../ids';
import type { IncidentKind, IncidentSubject } from './incident.events';

export type IncidentCommand =
  | DomainCommand<'ReportIncident', { incidentId: IncidentId; kind: IncidentKind; subject: IncidentSubject; text: Personal | null }>
  | DomainCommand<'AssessIncident', { incidentId: IncidentId; action: Personal }>
  | DomainCommand<'ResolveIncident', { incidentId: IncidentId; text: Personal }>;
