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
  | Extract<OfferEvent, { type: 'OfferContested' | 'OfferContestSettled' | 'OfferWithdrawn' | 'OfferLapsed' }>
  | Extract<RequestEvent, { type: 'RequestContested' | 'RequestContestSettled' | 'RequestWithdrawn' | 'RequestLapsed' | 'RequestMet' }>;
export type EntryEvent = Extract<
  MemberEvent,
  {
    type:
      | 'MembershipRequested'
      | 'MemberEnrolled'
      | 'MemberLeft'
      | 'ErasureRequested'
      | 'ErasureApproved'
      | 'ErasureDeferred'
      | 'PersonalDataErased';
  }
>;

/** A contest goes with what it was about: nothing is left to settle once that has ended. */
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
    case 'IncidentAssessed': {
      if (!row) return null;
      // Whoever was to assess it resolves it: a risk is the network lead's (§5).
      const who = row.waits.find(({ why }) => why === 'assess-incident')?.who ?? 'facilitator';
      return { ...row, waits: [wait(who, 'resolve-incident', since, null), ...row.waits.filter(({ why }) => why === 'case-overdue')] };
    }
    case 'IncidentResolved':
      return null;
  }
};

/** An entry on behalf waits for the person, an erasure for a second one (R6, R19): each by itself, whatever becomes of the other. */
export const foldEntry = (row: CaseRow | undefined, { type, data, meta }: Recorded<EntryEvent>): CaseRow | null => {
  const since = meta.occurredAt;
  const others = (reason: Wait['why']): readonly Wait[] => row?.waits.filter(({ why }) => why !== reason) ?? [];
  const waiting = (waits: readonly Wait[]): CaseRow | null =>
    waits.length > 0 ? { kind: 'member', id: data.memberId, networkId: data.networkId, waits } : null;
  switch (type) {
    case 'MembershipRequested':
      return waiting(data.confirmBy === null ? [] : [wait(data.memberId, 'confirm-entry', since, data.confirmBy)]);
    case 'MemberEnrolled':
    case 'MemberLeft':
      return waiting(others('confirm-entry'));
    case 'ErasureRequested':
      return waiting([...others('approve-erasure'), wait('data-protection-officer', 'approve-erasure', since, null)]);
    case 'ErasureDeferred':
      return row?.waits.some(({ why }) => why === 'approve-erasure')
        ? waiting([...others('approve-erasure'), wait('data-protection-officer', 'approve-erasure', since, null, data.until)])
        : (row ?? null);
    case 'ErasureApproved':
      return waiting(others('approve-erasure'));
    case 'PersonalDataErased':
      return null;
  }
};
