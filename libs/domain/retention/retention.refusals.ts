import type { RuleId } from '../rule';

export type RetentionRefusal =
  | { readonly code: 'network-not-found' }
  | { readonly code: 'not-allowed' }
  /** One at a time. */
  | { readonly code: 'retention-run-under-way' }
  /** The policy keeps otherwise than what was shown, or approved. */
  | { readonly code: 'retention-periods-changed' }
  /** The clock goes on only with what a data protection officer has started. */
  | { readonly code: 'retention-not-started' }
  | { readonly code: 'retention-run-over' };

export const retentionRefusalRules: Record<RetentionRefusal['code'], RuleId | null> = {
  'network-not-found': 'R23',
  'not-allowed': null,
  'retention-run-under-way': 'R19',
  'retention-periods-changed': 'R19',
  'retention-not-started': 'R19',
  'retention-run-over': 'R19',
};
