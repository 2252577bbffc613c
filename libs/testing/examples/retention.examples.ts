import type { ExchangeId, IncidentId, RetentionRunId } from '#domain/ids';
import type { RetentionEvent } from '#domain/retention/retention.events';
import { now } from '../commands';
import { lyon } from '../network-facts';
import { dia, pam } from '../people';
import type { ExamplesOf } from './examples-of';

const ids = { networkId: lyon, runId: 'run-1' as RetentionRunId };

export const retentionExamples: ExamplesOf<RetentionEvent> = {
  RetentionRunStarted: { ...ids, by: pam, upTo: now, exchangeTextsMonths: 24, goneMembersMonths: 36 },
  RetentionApplied: {
    ...ids,
    exchangeIds: ['exchange-1' as ExchangeId],
    incidentIds: ['incident-1' as IncidentId],
    memberIds: [dia],
  },
  RetentionRun: { ...ids, upTo: now, erased: 3, kinds: { exchanges: 1, incidents: 1, members: 1 } },
};
