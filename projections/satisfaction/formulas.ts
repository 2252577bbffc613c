import type { Indicator } from './definitions';

/** How a figure of §6 is computed, in the words of the domain. */
export interface Formula {
  /** Section and rules of the domain. */
  readonly rules: readonly string[];
  readonly formula: string;
}

const of = (formula: string, ...rules: readonly string[]): Formula => ({ rules: ['§6', 'R15', ...rules], formula });

export const formulas: Readonly<Record<Indicator, Formula>> = {
  responseRate: of('evaluations submitted ÷ evaluations due', 'R13'),
  satisfaction: of('answers with an overall of 4 or more ÷ answers', 'R13'),
  mutualSatisfaction: of('exchanges in which every overall is 4 or more ÷ fully evaluated exchanges', 'R13'),
  objectivesAttained: of('agreed criteria whose median among learners is 4 or more ÷ agreed criteria that a learner answered', 'R8'),
  usefulHot: of('learners’ answers with directly usable 4 or more ÷ learners’ answers', 'R13'),
  usefulCold: of('follow-ups that say used at work ÷ follow-ups answered in time'),
  exchangeAgain: of('answers that would exchange again ÷ answers', 'R13'),
  passingOn: of('learners who gave within 12 months of their first receipt ÷ learners whose first receipt lies in the T before'),
  complaintsPer100: of('100 × disputes ÷ exchanges held'),
  daysToSettle: of('median of days until a dispute was settled'),
  learnerHoursPerMember: of('learners’ hours recorded as training ÷ enrolled members', 'R20'),
  giverHoursPerMember: of('givers’ hours recorded as training ÷ enrolled members', 'R20'),
};
