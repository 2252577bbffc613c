import {
  networkEvents,
  memberEvents,
  offerEvents,
  requestEvents,
  roundEvents,
  matchEvents,
  exchangeEvents,
  incidentEvents,
} from '#domain/event-types';
import type { SavoirsEvent } from '#domain/catalogue';
import type { RetentionEvent } from '#domain/retention/retention.events';

/** All that a member may be the actor of, for dormancy asks after any event; what no member does is left to operators. */
export type RiskEvent = Exclude<SavoirsEvent, RetentionEvent | { type: 'OperatorActed' }>;

export const handles: { readonly [Type in RiskEvent['type']]: true } = {
  ...networkEvents,
  ...memberEvents,
  ...offerEvents,
  ...requestEvents,
  ...roundEvents,
  ...matchEvents,
  ...exchangeEvents,
  ...incidentEvents,
  PersonalDataAccessed: true,
};
