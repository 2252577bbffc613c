import type { Thresholds } from '#domain/network/policy';
import { type Counting, countsOf, numbersOf, type Operand } from './operand';
import type { Dated } from './risk.facts';

/** A figure of §5. Those named as in the policy have a threshold of their own. */
export type Indicator = Exclude<keyof Thresholds, 'funnelDropPoints'> | 'funnelConfirmed' | 'funnelAgreed' | 'funnelHeld' | 'daysToHeld';
const named: Readonly<Record<Indicator, true>> = {
  imbalance: true,
  reciprocityDebtDays: true,
  giversAtCapacity: true,
  giftGini: true,
  topGiversShare: true,
  singleSource: true,
  unmetDemand: true,
  daysToHeld: true,
  exclusion: true,
  participationRatio: true,
  noShow: true,
  lateChanges: true,
  funnelConfirmed: true,
  funnelAgreed: true,
  funnelHeld: true,
  contentDisputes: true,
  staleOffers: true,
  confidentialityPer100: true,
  confidentialityDays: true,
  outsideHours: true,
  closedPairs: true,
  sameUnit: true,
  evaluationGap: true,
  mediationBottleneck: true,
  openConnectionsPerMediator: true,
  dormancy: true,
};

/** All of them, in the order of §5. */
export const indicators = Object.keys(named) as readonly Indicator[];

export type Unit = 'share' | 'ratio' | 'days' | 'per-100' | 'number';

export interface Figure {
  readonly indicator: Indicator;
  /** `site:CODE` or `unit:CODE`; null for the network. */
  readonly cell: string | null;
  readonly unit: Unit;
  readonly value: number | null;
  readonly numerator: number | null;
  readonly denominator: number | null;
  /** How many were counted; null while suppressed. */
  readonly n: number | null;
  readonly threshold: number | null;
  readonly alert: boolean;
  /** Too few persons to be published (R15). */
  readonly hidden: boolean;
}

/** A figure with what it counts, and the facts behind it. */
export interface Computed extends Figure {
  readonly operands: () => readonly Operand[];
  readonly evidence: () => readonly Dated[];
}

export type EvidenceOf = Computed['evidence'];

/** Alerts are strict, as written in §5; the allowance is for binary fractions, never for a person or a case. */
const ALLOWANCE = 1e-9;
export const isAbove = (value: number, threshold: number): boolean => value > threshold + ALLOWANCE;
export const isBelow = (value: number, threshold: number): boolean => value < threshold - ALLOWANCE;

interface Counted {
  readonly indicator: Indicator;
  readonly cell?: string;
  readonly unit?: Unit;
  readonly numerator: number;
  readonly denominator: number;
  readonly threshold: number | null;
  readonly alertWhen?: 'above' | 'below';
  /** What the numerator counts, and what the denominator does. */
  readonly counts: () => readonly [Counting, Counting];
  readonly evidence: EvidenceOf;
}

/** Numerator ÷ denominator. Compared crosswise: one confidentiality incident alerts even where no exchange was held yet. */
export const ratio = ({
  indicator,
  cell,
  unit = 'share',
  numerator,
  denominator,
  threshold,
  alertWhen = 'above',
  counts,
  evidence,
}: Counted): Computed => {
  const scale = unit === 'per-100' ? 100 : 1;
  const crossed = alertWhen === 'above' ? isAbove : isBelow;
  return {
    indicator,
    cell: cell ?? null,
    unit,
    value: denominator === 0 ? null : (numerator * scale) / denominator,
    numerator,
    denominator,
    n: denominator,
    threshold,
    alert: threshold !== null && crossed(numerator * scale, threshold * denominator),
    hidden: false,
    operands: () => countsOf(numerator, denominator, counts()),
    evidence,
  };
};

interface Measured {
  readonly indicator: Indicator;
  readonly unit: Unit;
  /** What is measured of each. */
  readonly numbers: readonly number[];
  readonly over: (numbers: readonly number[]) => number | null;
  readonly threshold: number | null;
  readonly counts: () => Counting;
  readonly evidence: EvidenceOf;
}

/** A percentile, a median, a coefficient: no numerator; alerts above its threshold. */
export const measure = ({ indicator, unit, numbers, over, threshold, counts, evidence }: Measured): Computed => {
  const value = over(numbers);
  return {
    indicator,
    cell: null,
    unit,
    value,
    numerator: null,
    denominator: null,
    n: numbers.length,
    threshold,
    alert: value !== null && threshold !== null && isAbove(value, threshold),
    hidden: false,
    operands: () => numbersOf(numbers, counts()),
    evidence,
  };
};

/** R15: neither the number nor what it was made of, nor an alert that would tell on which side it lies. */
export const suppress = (figure: Computed): Computed => ({
  ...figure,
  value: null,
  numerator: null,
  denominator: null,
  n: null,
  alert: false,
  hidden: true,
  operands: () => [],
  evidence: () => [],
});

/** As handed out: without what is behind it. */
export const published = ({ evidence: _, operands: __, ...figure }: Computed): Figure => figure;
