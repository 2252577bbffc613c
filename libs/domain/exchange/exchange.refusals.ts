import { dateRefusalRules, type DateRefusal } from '../date-range';
import type { SessionId } from '../ids';
import type { RuleId } from '../rule';

type Code =
  | 'exchange-not-found'
  | 'exchange-exists'
  | 'no-agreement'
  | 'not-allowed'
  | 'not-a-participant'
  | 'facilitator-named'
  | 'exchange-held'
  | 'exchange-ended'
  | 'exchange-disputed'
  | 'dispute-settled'
  | 'already-dropped-out'
  | 'already-followed-up'
  | 'window-still-open'
  | 'session-not-found'
  | 'session-in-the-future'
  | 'session-in-the-past'
  | 'session-reported'
  | 'session-invalid'
  | 'presence-invalid'
  | 'was-there'
  | 'no-session-yet'
  | 'was-not-there'
  | 'giver-or-learner-not-there'
  | 'not-held-yet'
  | 'no-show-not-found'
  | 'contest-window-ended'
  | 'dispute-not-found'
  | 'evaluation-window-ended'
  | 'evaluations-unsealed'
  | 'already-evaluated'
  | 'nothing-to-amend'
  | 'criteria-differ'
  | 'score-invalid'
  | 'usable-is-the-learners'
  | 'follow-up-not-due'
  | 'follow-up-ended';

export type ExchangeRefusal =
  | { readonly code: Code }
  /** R20: the session that was reported of that time already. */
  | { readonly code: 'session-overlaps'; readonly sessionId: SessionId }
  | DateRefusal;

/** Which rule each refusal enforces; null where it only says that the command does not fit the moment. */
export const exchangeRefusalRules: Record<ExchangeRefusal['code'], RuleId | null> = {
  ...dateRefusalRules,
  'exchange-not-found': null,
  'exchange-exists': 'R22',
  'no-agreement': 'R8',
  'not-allowed': 'R6',
  'not-a-participant': 'R6',
  'facilitator-named': null,
  'exchange-held': 'R12',
  'exchange-ended': null,
  'exchange-disputed': null,
  'dispute-settled': 'R22',
  'already-dropped-out': 'R22',
  'already-followed-up': 'R22',
  'window-still-open': null,
  'session-not-found': null,
  'session-in-the-future': 'R12',
  'session-in-the-past': null,
  'session-reported': 'R21',
  'session-overlaps': 'R20',
  'session-invalid': 'R8',
  'presence-invalid': 'R20',
  'was-there': 'R12',
  'no-session-yet': 'R12',
  'was-not-there': 'R12',
  'giver-or-learner-not-there': 'R12',
  'not-held-yet': 'R13',
  'no-show-not-found': null,
  'contest-window-ended': null,
  'dispute-not-found': null,
  'evaluation-window-ended': 'R13',
  'evaluations-unsealed': 'R13',
  'already-evaluated': 'R13',
  'nothing-to-amend': 'R13',
  'criteria-differ': 'R13',
  'score-invalid': 'R13',
  'usable-is-the-learners': 'R13',
  'follow-up-not-due': null,
  'follow-up-ended': null,
};
