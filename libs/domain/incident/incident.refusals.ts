import type { RuleId } from '../rule';

export type IncidentRefusal =
  | { readonly code: 'incident-not-found' }
  | { readonly code: 'not-allowed' }
  | { readonly code: 'incident-exists' }
  | { readonly code: 'text-missing' }
  | { readonly code: 'indicator-missing' }
  | { readonly code: 'case-names-you' }
  | { readonly code: 'incident-already-assessed' }
  | { readonly code: 'incident-not-assessed' }
  | { readonly code: 'incident-resolved' };

export const incidentRefusalRules: Record<IncidentRefusal['code'], RuleId | null> = {
  'incident-not-found': null,
  'not-allowed': null,
  'incident-exists': null,
  'text-missing': null,
  'indicator-missing': null,
  'case-names-you': null,
  'incident-already-assessed': 'R21',
  'incident-not-assessed': null,
  'incident-resolved': 'R21',
};
