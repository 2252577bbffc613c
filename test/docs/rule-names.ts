import type { RuleId } from '#domain/rule';

/** The rules of the specification, in a few words each, to find one's way in the table. */
export const ruleNames: Readonly<Record<RuleId, string>> = {
  R1: 'Two-sided entry',
  R2: 'Grace, then suspension, when a side is missing',
  R3: 'An imbalance never blocks',
  R4: 'No credits, price, balance or ranking',
  R5: 'No prior approval of content',
  R6: 'Voluntary: only the person acts for themself',
  R7: 'Givers and learners of a match',
  R8: 'An agreement before an exchange',
  R9: 'A mediator who takes no part',
  R10: 'Acceptance within the window',
  R11: 'Engagements within capacity',
  R12: 'Held is confirmed by both sides',
  R13: 'Sealed evaluations of those who were there',
  R14: 'Professional knowledge, contested afterwards',
  R15: 'Aggregates only, never by person',
  R16: 'Who is in no new proposal',
  R17: 'No protected trait, no grade',
  R18: 'Same inputs, same proposals, with reasons',
  R19: 'Personal data under erasable keys',
  R20: 'Hours count once',
  R21: 'Corrections are new events',
  R22: 'A repeated command changes nothing',
  R23: 'Networks are apart',
  R24: 'Instants, texts and ids that exist',
};
