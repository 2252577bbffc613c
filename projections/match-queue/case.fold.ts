import type { Recorded } from '#kernel/message';
import type { IncidentEvent } from '#domain/incident/incident.events';
import type { NetworkId } from '#domain/ids';
import type { MemberEvent } from '#domain/member/member.events';
import type { OfferEvent } from '#domain/offer/offer.events';
import type { RequestEvent } from '#domain/request/request.events';
import { wait, type Wait } from './wait';

/** A contested offer or request, an incident, an entry on behalf, an erasure asked for: somebody must settle it. */
export interface CaseRow {
  readonly kind: 'offer' | 'request' | 'incident' | 'member';
  readonly id: string;
  readonly networkId: NetworkId;
  readonly waits: readonly Wait[];
}

export type ContestEvent =
  | Extract<OfferEvent, { type: 'OfferContested' | 'OfferContestSettled' | 'OfferWithdrawn' }>
  | Extract<RequestEvent, { type: 'RequestContested' | 'RequestContestSettled' | 'RequestWithdrawn' }>;
export type EntryEvent = Extract<
  MemberEvent,
  { type: 'MembershipRequested' | 'MemberEnrolled' | 'ErasureRequested' | 'ErasureApproved' | 'ErasureDeferred' | 'PersonalDataErased' }
>;

export const foldContest = (event: Recorded<ContestEvent>): CaseRow | null => {
  if (event.type !== 'OfferContested' && event.type !== 'RequestContested') return null;
  const { networkId, settleBy } = event.data;
  const since = event.meta.occurredAt;
  const of =
    'offerId' in event.data
      ? ({ kind: 'offer', id: event.data.offerId } as const)
      : ({ kind: 'request', id: event.data.requestId } as const);
  return {
    ...of,
    networkId,
    waits: [wait('facilitator', 'settle-contest', since, settleBy), wait('network-lead', 'case-overdue', since, null, settleBy)],
  };
};

export const foldIncident = (row: CaseRow | undefined, event: Recorded<IncidentEvent>): CaseRow | null => {
  const since = event.meta.occurredAt;
  switch (event.type) {
    case 'IncidentReported': {
      const { incidentId: id, networkId, settleBy, kind } = event.data;
      const first = kind === 'risk' ? 'network-lead' : 'facilitator';
      return {
        kind: 'incident',
        id,
        networkId,
        waits: [wait(first, 'assess-incident', since, settleBy), wait('network-lead', 'case-overdue', since, null, settleBy)],
      };
    }
    case 'IncidentAssessed':
      return row
        ? {
            ...row,
            waits: [wait('facilitator', 'resolve-incident', since, null), ...row.waits.filter(({ why }) => why === 'case-overdue')],
          }
        : null;
    case 'IncidentResolved':
      return null;
  }
};

export const foldEntry = ({ type, data, meta }: Recorded<EntryEvent>): CaseRow | null => {
  const of = { kind: 'member', id: data.memberId, networkId: data.networkId } as const;
  if (type === 'MembershipRequested')
    return data.confirmBy === null ? null : { ...of, waits: [wait(data.memberId, 'confirm-entry', meta.occurredAt, data.confirmBy)] };
  if (type === 'ErasureRequested') return { ...of, waits: [wait('data-protection-officer', 'approve-erasure', meta.occurredAt, null)] };
  if (type === 'ErasureDeferred')
    return { ...of, waits: [wait('data-protection-officer', 'approve-erasure', meta.occurredAt, null, data.until)] };
  return null;
};
