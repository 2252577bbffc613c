import type { CellQuestion } from './answers';
import { exchangeAgain, mutualSatisfaction, objectivesAttained, responseRate, satisfaction, usefulHot } from './evaluation.figures';
import { complaintsPer100, daysToSettle, hoursPerMember, usefulCold } from './learning.figures';
import type { ShareFigure } from './share';

/** The rows of §6, each of the facts that it is given; but for passing on, which is asked of learners. */
const formulas = {
  responseRate,
  satisfaction,
  mutualSatisfaction,
  objectivesAttained,
  usefulHot,
  usefulCold,
  exchangeAgain,
  complaintsPer100,
  daysToSettle,
  learnerHoursPerMember: (asked: CellQuestion) => hoursPerMember(asked, 'learner'),
  giverHoursPerMember: (asked: CellQuestion) => hoursPerMember(asked, 'giver'),
};

export type SatisfactionIndicator = keyof typeof formulas;

export const satisfactionFigure = (indicator: SatisfactionIndicator, asked: CellQuestion): ShareFigure => formulas[indicator](asked);
