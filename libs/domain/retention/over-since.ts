import type { Instant } from '#kernel/id';
import { later } from '../calendar';
import type { ExchangeState } from '../exchange/exchange.state';
import type { IncidentState } from '../incident/incident.decider';

/** From when on nobody is asked anything in an exchange any more; null while it goes on, or is disputed. */
export const exchangeOverSince = (exchange: ExchangeState): Instant | null => {
  if (exchange.status === 'unknown' || exchange.status === 'disputed' || exchange.endedAt === null) return null;
  return exchange.outcome ? later(exchange.endedAt, exchange.outcome.followUpUntil) : exchange.endedAt;
};

export const incidentOverSince = (incident: IncidentState): Instant | null => (incident.status === 'resolved' ? incident.endedAt : null);
