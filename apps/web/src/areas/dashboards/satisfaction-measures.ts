/** Shares, which have an interval; the others are measured otherwise. */
export const SHARES = [
  'responseRate',
  'satisfaction',
  'mutualSatisfaction',
  'objectivesAttained',
  'usefulHot',
  'usefulCold',
  'exchangeAgain',
  'passingOn',
] as const;
export const OTHERS = ['complaintsPer100', 'daysToSettle', 'learnerHoursPerMember', 'giverHoursPerMember'] as const;
export type Measure = (typeof SHARES)[number] | (typeof OTHERS)[number];

export const measureOf = (indicator: string): Measure | undefined => [...SHARES, ...OTHERS].find((one) => one === indicator);

/** The rule behind each, besides the section and R15, which all of them have. */
const RULE_OF: Readonly<Partial<Record<Measure, string>>> = {
  responseRate: 'R13',
  satisfaction: 'R13',
  mutualSatisfaction: 'R13',
  objectivesAttained: 'R8',
  usefulHot: 'R13',
  exchangeAgain: 'R13',
  learnerHoursPerMember: 'R20',
  giverHoursPerMember: 'R20',
};
export const rulesOf = (measure: Measure): readonly string[] => ['§6', 'R15', ...(RULE_OF[measure] ? [RULE_OF[measure]] : [])];
