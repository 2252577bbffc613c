import { contentRefusalRules, type ContentRefusal } from '../content-rules';
import type { RuleId } from '../rule';

export type OfferRefusal =
  | ContentRefusal
  | { readonly code: 'offer-not-found' }
  | { readonly code: 'not-allowed' }
  | { readonly code: 'offer-exists' }
  | { readonly code: 'offer-not-published' }
  | { readonly code: 'offer-already-published' }
  | { readonly code: 'offer-paused' }
  | { readonly code: 'offer-ended' }
  | { readonly code: 'window-still-open' }
  | { readonly code: 'already-contested' }
  | { readonly code: 'no-open-contest' }
  | { readonly code: 'case-names-you' };

export const offerRefusalRules: Record<OfferRefusal['code'], RuleId | null> = {
  ...contentRefusalRules,
  'offer-not-found': null,
  'not-allowed': 'R6',
  'offer-exists': null,
  'offer-not-published': null,
  'offer-already-published': null,
  'offer-paused': null,
  'offer-ended': null,
  'window-still-open': null,
  'already-contested': 'R14',
  'no-open-contest': 'R14',
  'case-names-you': 'R14',
};
