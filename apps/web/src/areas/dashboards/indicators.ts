import type { paths } from '../../api/generated/schema';

export type RiskAnswer = paths['/networks/{networkId}/risk']['get']['responses'][200]['content']['application/json'];
export type RiskFigure = RiskAnswer['figures'][number];

/** As the domain groups them (§5). */
export const GROUPS = {
  imbalance: ['imbalance'],
  debt: ['reciprocityDebtDays'],
  solicited: ['giversAtCapacity', 'giftGini', 'topGiversShare'],
  source: ['singleSource'],
  demand: ['unmetDemand', 'daysToHeld'],
  exclusion: ['exclusion', 'participationRatio'],
  noShow: ['noShow', 'lateChanges'],
  funnel: ['funnelConfirmed', 'funnelAgreed', 'funnelHeld'],
  content: ['contentDisputes', 'staleOffers'],
  confidentiality: ['confidentialityPer100', 'confidentialityDays'],
  workingTime: ['outsideHours'],
  circles: ['closedPairs', 'sameUnit'],
  evaluation: ['evaluationGap'],
  mediation: ['mediationBottleneck', 'openConnectionsPerMediator'],
  dormancy: ['dormancy'],
} as const;

export type Group = keyof typeof GROUPS;
export type Indicator = (typeof GROUPS)[Group][number];

export const groups = Object.keys(GROUPS) as readonly Group[];
export const indicators = groups.flatMap((group): readonly Indicator[] => GROUPS[group]);

export const indicatorOf = (text: string): Indicator | undefined => indicators.find((one) => one === text);
export const groupOf = (indicator: Indicator): Group =>
  groups.find((group) => (GROUPS[group] as readonly Indicator[]).includes(indicator))!;

/** An alert below its threshold; all others, above. */
const BELOW: readonly string[] = ['imbalance', 'participationRatio', 'funnelConfirmed', 'funnelAgreed', 'funnelHeld'];
export const alertsBelow = (indicator: string): boolean => BELOW.includes(indicator);

/** What opens them shows who evaluated, or who acted: an auditor's alone (R15). */
export const AUDITORS_ALONE: readonly string[] = ['evaluationGap', 'dormancy'];
