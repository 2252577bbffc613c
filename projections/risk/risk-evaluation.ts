import type { Computed, Figure } from './figure';
import { closedCircles } from './indicators/closed-circles';
import { confidentiality } from './indicators/confidentiality';
import { content } from './indicators/content';
import { dormancy } from './indicators/dormancy';
import { exclusion } from './indicators/exclusion';
import { funnelDrop } from './indicators/funnel-drop';
import { imbalance } from './indicators/imbalance';
import { mediationBottleneck } from './indicators/mediation-bottleneck';
import { noShow } from './indicators/no-show';
import { overSolicitedGivers } from './indicators/over-solicited-givers';
import { reciprocityDebt } from './indicators/reciprocity-debt';
import { singleSource } from './indicators/single-source';
import { unmetDemand } from './indicators/unmet-demand';
import { workingTime } from './indicators/working-time';
import type { RiskView } from './view/view';

/** The rows of §5, in its order, but for the evaluation gap, which moves with satisfaction (R15). */
const ROWS: readonly ((view: RiskView) => readonly Computed[])[] = [
  imbalance,
  reciprocityDebt,
  overSolicitedGivers,
  singleSource,
  unmetDemand,
  exclusion,
  noShow,
  funnelDrop,
  content,
  confidentiality,
  workingTime,
  closedCircles,
  mediationBottleneck,
  dormancy,
];

/** Thresholds, and what is an alert, are the policy's. */
const withPolicy = (figure: Computed, { policyTold }: RiskView): Computed =>
  figure.hidden ? figure : { ...figure, evidence: () => [...figure.evidence(), ...policyTold] };

export const evaluateRisks = (view: RiskView): readonly Computed[] =>
  ROWS.flatMap((row) => row(view)).map((figure) => withPolicy(figure, view));

const nameOf = ({ indicator, cell }: Figure): string => (cell === null ? indicator : `${indicator}/${cell}`);

/** A threshold that this evaluation finds crossed and the one before it did not: each opens one incident of kind risk. */
export interface Crossing {
  /** What the incident names: the indicator, and its cell where it has one. */
  readonly indicator: string;
  readonly figure: Figure;
}

export const newlyCrossed = (previous: readonly Figure[], current: readonly Figure[]): readonly Crossing[] => {
  const before = new Set(previous.filter(({ alert }) => alert).map(nameOf));
  return current.filter((figure) => figure.alert && !before.has(nameOf(figure))).map((figure) => ({ indicator: nameOf(figure), figure }));
};
