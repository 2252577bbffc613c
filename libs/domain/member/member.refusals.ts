import { contentRefusalRules, type ContentRefusal } from '../content-rules';
import { dateRefusalRules, type DateRefusal } from '../date-range';
import type { RuleId } from '../rule';

export type MemberRefusal =
  | ContentRefusal
  | DateRefusal
  | { readonly code: 'member-not-found' }
  | { readonly code: 'not-allowed' }
  | { readonly code: 'member-exists' }
  /** What it gives would be written nowhere (R22). */
  | { readonly code: 'already-enrolled' }
  | { readonly code: 'member-left' }
  | { readonly code: 'member-erased' }
  | { readonly code: 'member-suspended' }
  | { readonly code: 'not-enrolled' }
  | { readonly code: 'no-charter-yet' }
  | { readonly code: 'not-the-current-charter'; readonly current: number }
  | { readonly code: 'charter-not-accepted'; readonly current: number }
  | { readonly code: 'offer-and-request-needed'; readonly missing: 'offer' | 'request' | 'both' }
  | { readonly code: 'same-id-twice' }
  /** The entry on behalf was not confirmed in time. */
  | { readonly code: 'entry-window-ended' }
  | { readonly code: 'pause-in-the-past' }
  | { readonly code: 'capacity-too-small' }
  | { readonly code: 'window-still-open' }
  | { readonly code: 'erasure-not-requested' }
  | { readonly code: 'erasure-needs-second-person' }
  | { readonly code: 'erasure-not-approved' }
  | { readonly code: 'erasure-deferred' }
  /** Retention ends what is kept of those who left; nobody else is meant. */
  | { readonly code: 'not-left' }
  | { readonly code: 'hold-in-the-past' };

export const memberRefusalRules: Record<MemberRefusal['code'], RuleId | null> = {
  ...contentRefusalRules,
  ...dateRefusalRules,
  'member-not-found': null,
  'not-allowed': 'R6',
  'member-exists': 'R19',
  'already-enrolled': 'R22',
  'member-left': null,
  'member-erased': 'R19',
  'member-suspended': 'R2',
  'not-enrolled': 'R1',
  'no-charter-yet': 'R1',
  'not-the-current-charter': 'R1',
  'charter-not-accepted': 'R1',
  'offer-and-request-needed': 'R1',
  'same-id-twice': 'R1',
  'entry-window-ended': 'R6',
  'pause-in-the-past': null,
  'capacity-too-small': 'R11',
  'window-still-open': null,
  'erasure-not-requested': 'R19',
  'erasure-needs-second-person': 'R19',
  'erasure-not-approved': 'R19',
  'erasure-deferred': 'R19',
  'not-left': 'R19',
  'hold-in-the-past': null,
};
