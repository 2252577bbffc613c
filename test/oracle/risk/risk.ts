import { idsOf, type Figure } from '../facts/figure';
import { policyFact, type Question } from '../facts/question';
import { confidentialityDays, confidentialityPer100, contentDisputes, staleOffers } from './cases.figures';
import { daysToHeld, singleSource, unmetDemand } from './demand.figures';
import { giftGini, giversAtCapacity, topGiversShare } from './givers.figures';
import { funnel, FUNNEL, mediationBottleneck, openConnectionsPerMediator, shareBefore } from './matching.figures';
import { dormancy, exclusion, participationRatios } from './participation.figures';
import { closedPairs, imbalance, reciprocityDebt, sameUnit } from './reciprocity.figures';
import { lateChanges, noShow, outsideHours } from './sessions.figures';

/** The rows of §5, in its order; but for the evaluation gap, which is told in the steps of satisfaction (R15). */
const formulas = {
  imbalance,
  reciprocityDebtDays: reciprocityDebt,
  giversAtCapacity,
  giftGini,
  topGiversShare,
  singleSource,
  unmetDemand,
  daysToHeld,
  exclusion,
  participationRatio: participationRatios,
  noShow,
  lateChanges,
  funnelConfirmed: (question: Question) => funnel(question, 'funnelConfirmed'),
  funnelAgreed: (question: Question) => funnel(question, 'funnelAgreed'),
  funnelHeld: (question: Question) => funnel(question, 'funnelHeld'),
  contentDisputes,
  staleOffers,
  confidentialityPer100,
  confidentialityDays,
  outsideHours,
  closedPairs,
  sameUnit,
  mediationBottleneck,
  openConnectionsPerMediator,
  dormancy,
};

export type RiskIndicator = keyof typeof formulas;
export const riskIndicators = Object.keys(formulas) as readonly RiskIndicator[];

const isFunnel = (indicator: RiskIndicator): indicator is keyof typeof FUNNEL => indicator in FUNNEL;
const BELOW: readonly RiskIndicator[] = ['imbalance', 'participationRatio'];
/** For what binary fractions cannot hold. */
const TINY = 1e-9;

/** What the policy of then says of it; a step of the funnel is held against its own share in the T before. */
export const thresholdOf = (question: Question, indicator: RiskIndicator): number | null => {
  const { thresholds } = question.policy;
  if (indicator === 'daysToHeld') return null;
  if (!isFunnel(indicator)) return thresholds[indicator];
  const before = shareBefore(question, indicator);
  return before === null ? null : before - thresholds.funnelDropPoints / 100;
};

/** §5's last column. Where there is nothing to divide by, anything above it is more than any share of it. */
export const alerts = (question: Question, indicator: RiskIndicator, { value, numerator, hidden }: Figure): boolean => {
  const threshold = thresholdOf(question, indicator);
  if (threshold === null || hidden) return false;
  if (value === null) return numerator !== null && numerator > 0;
  if (isFunnel(indicator)) return value <= threshold + TINY;
  return BELOW.includes(indicator) ? value < threshold - TINY : value > threshold + TINY;
};

export interface RiskFigure extends Figure {
  readonly threshold: number | null;
  readonly alert: boolean;
}

/** One row of §5 as of a date, in all its cells. The policy is part of what each rests on. */
export const riskFigures = (question: Question, indicator: RiskIndicator): readonly RiskFigure[] => {
  const told = idsOf([policyFact(question.facts) ?? []].flat());
  return [formulas[indicator](question)].flat().map((figure) => ({
    ...figure,
    eventIds: figure.hidden ? [] : [...figure.eventIds, ...told.filter((id) => !figure.eventIds.includes(id))].sort(),
    threshold: thresholdOf(question, indicator),
    alert: alerts(question, indicator, figure),
  }));
};
