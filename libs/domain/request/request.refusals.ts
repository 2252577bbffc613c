import { contentRefusalRules, type ContentRefusal } from '../content-rules';
import type { RuleId } from '../rule';

export type RequestRefusal =
  | ContentRefusal
  | { readonly code: 'request-not-found' }
  | { readonly code: 'not-allowed' }
  | { readonly code: 'request-exists' }
  | { readonly code: 'request-not-published' }
  | { readonly code: 'request-already-published' }
  | { readonly code: 'request-paused' }
  | { readonly code: 'request-ended' }
  | { readonly code: 'request-not-open' }
  | { readonly code: 'held-by-another-match' }
  | { readonly code: 'window-still-open' }
  | { readonly code: 'already-contested' }
  | { readonly code: 'no-open-contest' }
  | { readonly code: 'case-names-you' };

export const requestRefusalRules: Record<RequestRefusal['code'], RuleId | null> = {
  ...contentRefusalRules,
  'request-not-found': null,
  'not-allowed': 'R6',
  'request-exists': null,
  'request-not-published': null,
  'request-already-published': null,
  'request-paused': null,
  'request-ended': null,
  'request-not-open': null,
  'held-by-another-match': 'R11',
  'window-still-open': null,
  'already-contested': 'R14',
  'no-open-contest': 'R14',
  'case-names-you': 'R14',
};
