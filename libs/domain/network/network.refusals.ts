import type { RuleId } from '../rule';

export type NetworkRefusal =
  | { readonly code: 'network-not-found' }
  | { readonly code: 'not-allowed' }
  | { readonly code: 'network-exists' }
  | { readonly code: 'label-missing' }
  | { readonly code: 'time-zone-unknown' }
  /** `field` as in `graceDays` or `thresholds.noShow`. */
  | { readonly code: 'policy-value-wrong'; readonly field: string }
  /** The charter reads in the network's default language at least. */
  | { readonly code: 'charter-text-missing' }
  | { readonly code: 'pair-of-one' }
  | { readonly code: 'pair-already-forbidden' }
  | { readonly code: 'pair-not-forbidden' }
  | { readonly code: 'case-names-you' };

export const networkRefusalRules: Record<NetworkRefusal['code'], RuleId | null> = {
  'network-not-found': 'R23',
  'not-allowed': 'R23',
  'network-exists': 'R23',
  'label-missing': null,
  'time-zone-unknown': 'R23',
  'policy-value-wrong': 'R23',
  'charter-text-missing': 'R1',
  'pair-of-one': 'R7',
  'pair-already-forbidden': 'R22',
  'pair-not-forbidden': 'R22',
  'case-names-you': null,
};
