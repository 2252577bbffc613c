import type { Indicator } from './figure';

/** How a figure of §5 is computed, in the words of the domain. */
export interface Formula {
  /** Section and rules of the domain. */
  readonly rules: readonly string[];
  readonly formula: string;
}

const of = (formula: string, ...rules: readonly string[]): Formula => ({ rules: ['§5', ...rules], formula });

export const formulas: Readonly<Record<Indicator, Formula>> = {
  imbalance: of('members with g > 0 and r > 0 ÷ members with g + r > 0', 'R3'),
  reciprocityDebtDays: of('90th percentile of days since the first receipt while g = 0, or the first gift while r = 0', 'R3'),
  giversAtCapacity: of('active givers with as many open engagements as they have room for ÷ active givers', 'R11'),
  giftGini: of('Gini coefficient of g over members with g > 0', 'R4'),
  topGiversShare: of('exchanges with one of the 5 % who gave most ÷ exchanges held', 'R4', 'R15'),
  singleSource: of('topics with exactly 1 active giver and 2 open requests or more ÷ topics with 2 open requests or more'),
  unmetDemand: of('requests open for more than 60 days ÷ open requests'),
  daysToHeld: of('median of days from the first publication of a request until it was held'),
  exclusion: of('members enrolled for more than 90 days whom no match was opened with ÷ members enrolled for more than 90 days'),
  participationRatio: of('share of those who take part (g + r > 0) ÷ share of headcount, else of members', 'R15'),
  noShow: of('planned sessions with a no-show that nobody contested ÷ planned sessions', 'R12'),
  lateChanges: of('planned sessions cancelled or moved less than 24 hours before ÷ planned sessions'),
  funnelConfirmed: of('matches confirmed ÷ matches proposed, superseded ones left out', 'R10'),
  funnelAgreed: of('exchanges agreed ÷ matches confirmed', 'R8'),
  funnelHeld: of('exchanges held ÷ exchanges agreed', 'R12'),
  contentDisputes: of('disputes of kind content ÷ exchanges held'),
  staleOffers: of('published offers that were not confirmed for 12 months ÷ published offers, of enrolled members'),
  confidentialityPer100: of('100 × incidents of confidentiality ÷ exchanges held'),
  confidentialityDays: of('median of days until an incident of confidentiality was resolved'),
  outsideHours: of('minutes outside working hours ÷ minutes recorded as training', 'R20'),
  closedPairs: of('exchanges with a pair that held 3 or more ÷ exchanges held'),
  sameUnit: of('exchanges within one unit, as units were then ÷ exchanges held'),
  evaluationGap: of('evaluations missed ÷ evaluations due, of windows that have ended', 'R13', 'R15'),
  mediationBottleneck: of('confirmed matches with neither connection nor agreement after 14 days ÷ confirmed matches', 'R9'),
  openConnectionsPerMediator: of('connections planned without an outcome ÷ mediators named', 'R9'),
  dormancy: of('enrolled members who were the actor of no event for 180 days ÷ enrolled members'),
};
