import { dateRefusalRules, type DateRefusal } from '../date-range';
import type { Instant } from '#kernel/id';
import type { RuleId } from '../rule';

export type MatchRefusal =
  | DateRefusal
  | { readonly code: 'match-not-found' }
  | { readonly code: 'not-allowed' }
  | { readonly code: 'not-a-participant' }
  | { readonly code: 'match-exists' }
  | { readonly code: 'giver-or-learner-missing' }
  | { readonly code: 'person-named-twice' }
  | { readonly code: 'too-few-learners'; readonly smallestGroup: number }
  | { readonly code: 'too-many-learners'; readonly largestGroup: number }
  | { readonly code: 'topics-differ' }
  | { readonly code: 'pair-resting'; readonly until: Instant }
  | { readonly code: 'pair-forbidden' }
  | { readonly code: 'already-declined' }
  | { readonly code: 'match-not-open' }
  | { readonly code: 'match-already-open' }
  | { readonly code: 'match-not-confirmed' }
  | { readonly code: 'match-confirmed' }
  | { readonly code: 'match-ended' }
  | { readonly code: 'window-ended' }
  | { readonly code: 'window-still-open' }
  | { readonly code: 'not-a-mediator' }
  | { readonly code: 'mediator-takes-part' }
  | { readonly code: 'agreement-incomplete'; readonly missing: AgreementPart }
  | { readonly code: 'session-invalid' }
  | { readonly code: 'agreement-recorded' }
  | { readonly code: 'no-agreement-recorded' };

export type AgreementPart = 'content' | 'method' | 'session' | 'criterion';

/** Which rule each refusal enforces; null where it only says that the command does not fit the moment. */
export const matchRefusalRules: Record<MatchRefusal['code'], RuleId | null> = {
  ...dateRefusalRules,
  'match-not-found': null,
  'not-allowed': 'R6',
  'not-a-participant': 'R6',
  'match-exists': 'R22',
  'giver-or-learner-missing': 'R7',
  'person-named-twice': 'R7',
  'too-few-learners': 'R7',
  'too-many-learners': 'R7',
  'topics-differ': 'R7',
  'pair-resting': 'R16',
  'pair-forbidden': null,
  'already-declined': 'R22',
  'match-not-open': 'R11',
  'match-already-open': 'R11',
  'match-not-confirmed': 'R10',
  'match-confirmed': 'R10',
  'match-ended': null,
  'window-ended': 'R10',
  'window-still-open': 'R10',
  'not-a-mediator': 'R9',
  'mediator-takes-part': 'R9',
  'agreement-incomplete': 'R8',
  'session-invalid': 'R8',
  'agreement-recorded': 'R9',
  'no-agreement-recorded': 'R9',
};
