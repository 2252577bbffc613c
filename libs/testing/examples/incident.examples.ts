import type { AuditEvent } from '#domain/audit/audit.events';
import type { ExchangeId, IncidentId } from '#domain/ids';
import type { RetentionEvent } from '#domain/retention/retention.events';
import type { IncidentEvent } from '#domain/incident/incident.events';
import { instant } from '../commands';
import { lyon } from '../network-facts';
import { bo, cleo, fay, person } from '../people';
import type { ExamplesOf } from './examples-of';

const ids = { incidentId: 'incident-1' as IncidentId, networkId: lyon };

export const incidentExamples: ExamplesOf<IncidentEvent> = {
  IncidentReported: {
    ...ids,
    kind: 'confidentiality',
    subject: { exchangeId: 'exchange-1' as ExchangeId, memberId: bo, indicator: null },
    by: cleo,
    text: 'Un fichier interne a circulé',
    settleBy: instant('2026-04-05T12:00:00Z'),
  },
  IncidentAssessed: { ...ids, by: fay, action: 'Rappeler la règle aux participants' },
  IncidentResolved: { ...ids, by: fay, text: 'Le fichier est retiré' },
};

export const auditExamples: ExamplesOf<Exclude<AuditEvent, RetentionEvent>> = {
  PersonalDataAccessed: {
    ledgerId: 'lyon-2026-03',
    networkId: lyon,
    by: person('auditor'),
    subject: 'exchange-exchange-1',
    purpose: 'audit',
    route: 'POST /networks/{networkId}/exchanges/{exchangeId}/replay',
    motive: 'Contrôle annuel',
  },
  OperatorActed: { ledgerId: '2026-03', operator: person('operator'), action: 'rebuild', target: 'directory', reason: 'Nouvelle version' },
};
