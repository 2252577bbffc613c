import { incidentEvents } from '#domain/event-types';
import type { Recorded } from '#kernel/message';
import type { Projection } from '#kernel/projection';
import type { ExchangeEvent } from '#domain/exchange/exchange.events';
import type { IncidentEvent } from '#domain/incident/incident.events';
import { lastChanged, opened, type CaseRow } from './case.row';
import { foldContest, type ContestEvent } from './contest.fold';

type DisputeEvent = Extract<ExchangeEvent, { type: 'ExchangeAgreed' | 'ExchangeDisputed' | 'DisputeSettled' }>;
export type CaseEvent = ContestEvent | DisputeEvent | IncidentEvent;

const keyOf = ({ data }: Recorded<CaseEvent>): string => {
  if ('incidentId' in data) return `incident/${data.incidentId}`;
  if ('exchangeId' in data && !('requestId' in data)) return `exchange/${data.exchangeId}`;
  return 'offerId' in data ? `offer/${data.offerId}` : `request/${data.requestId}`;
};

const foldDispute = (row: CaseRow | undefined, event: Recorded<DisputeEvent>): CaseRow | null => {
  if (event.type === 'ExchangeAgreed') {
    const { exchangeId: id, networkId, participants, mediatorId } = event.data;
    const named = [...participants.map(({ memberId }) => memberId), ...(mediatorId ? [mediatorId] : [])];
    return { of: 'exchange', id, networkId, named, content: null, exchangeId: id, indicator: null, cases: [] };
  }
  if (!row) return null;
  if (event.type === 'DisputeSettled')
    return lastChanged(row, { state: 'settled', outcome: event.data.outcome, settlement: event.data.text });
  const { disputeId: id, kind: matter, by, text, settleBy } = event.data;
  return { ...row, cases: [...row.cases, opened({ matter, by, text, settleBy }, { id, at: event.meta.occurredAt })] };
};

const foldIncident = (row: CaseRow | undefined, event: Recorded<IncidentEvent>): CaseRow | null => {
  if (event.type === 'IncidentReported') {
    const { incidentId: id, networkId, kind: matter, subject, by, text, settleBy } = event.data;
    const { exchangeId, memberId, indicator } = subject;
    const cases = [opened({ matter, by, text, settleBy }, { id, at: event.meta.occurredAt })];
    return { of: 'incident', id, networkId, named: memberId ? [memberId] : [], content: null, exchangeId, indicator, cases };
  }
  if (!row) return null;
  return event.type === 'IncidentAssessed'
    ? lastChanged(row, { state: 'assessed', action: event.data.action })
    : lastChanged(row, { state: 'settled', outcome: 'resolved', settlement: event.data.text });
};

/** What is it about, that somebody has to settle? Contests, disputes and incidents, for those whom §7 lets settle them. */
export const cases: Projection<CaseEvent, CaseRow> = {
  name: 'cases',
  version: 1,
  handles: {
    ...incidentEvents,
    OfferPublished: true,
    OfferRevised: true,
    OfferContested: true,
    OfferContestSettled: true,
    OfferWithdrawn: true,
    OfferLapsed: true,
    RequestPublished: true,
    RequestRevised: true,
    RequestContested: true,
    RequestContestSettled: true,
    RequestWithdrawn: true,
    RequestLapsed: true,
    RequestMet: true,
    ExchangeAgreed: true,
    ExchangeDisputed: true,
    DisputeSettled: true,
  },
  keys: (event) => [keyOf(event)],
  evolve: (row, event, key) => {
    const evidence = [event.meta.eventId];
    if (key.startsWith('incident/')) return { row: foldIncident(row, event as Recorded<IncidentEvent>), evidence };
    if (key.startsWith('exchange/')) return { row: foldDispute(row, event as Recorded<DisputeEvent>), evidence };
    return { row: foldContest(row, event as Recorded<ContestEvent>), evidence };
  },
};
