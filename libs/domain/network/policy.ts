/** The longest window and the largest other values that a policy may hold: what is computed from them stays within calendars. */
export const POLICY_MOST = { days: 3650, months: 120, capacity: 50, ring: 5, chain: 6, topicSteps: 2 } as const;

/** How a round keeps a gate: it brings nobody past it; past it where that serves more, which weighs and is told; or it does not ask. */
export type Strictness = 'hard' | 'soft' | 'off';
export const STRICTNESSES = ['hard', 'soft', 'off'] as const satisfies readonly Strictness[];

/** What rounds may bend, beside topics that are near (`nearTopics`). All else is hard: language, R7, R11, R16 and forbidden pairs. */
export interface MatchingGates {
  /** A way to meet that both named: a site, or from afar. */
  readonly place: Strictness;
  /** A half-day that both named. */
  readonly halfDays: Strictness;
  /** An offer one level below what is asked; never more than one. */
  readonly level: Strictness;
}

/** Windows in days, shares between 0 and 1. Each is fixed, when a window opens, by the policy of that moment (§3 deadlines). */
export interface Policy {
  readonly entryOnBehalfDays: number;
  readonly graceDays: number;
  readonly reviewMonths: number;
  readonly reviewDays: number;
  readonly acceptanceDays: number;
  readonly connectionDays: number;
  readonly outcomeDays: number;
  readonly reportDays: number;
  /** What follows each of the three queues above before the clock ends the matter. */
  readonly lapseDays: number;
  readonly evaluationDays: number;
  readonly followUpFromDay: number;
  readonly followUpUntilDay: number;
  readonly settleDays: number;
  /** R16: rounds leave a pair alone for so long after its last match ended or exchange was held. */
  readonly pairRestDays: number;
  /** R24: how far ahead anything may be planned. */
  readonly plannedAheadMonths: number;
  /** For so long after an exchange or an incident has ended its texts are kept (R19); 0: for good. */
  readonly exchangeTextsMonths: number;
  /** For so long after somebody left their data are kept (R19); 0: for good. */
  readonly goneMembersMonths: number;
  readonly defaultCapacity: number;
  readonly gates: MatchingGates;
  /** R7: up to so many steps in the taxonomy a topic counts as near another: 1, what is next broader or narrower; 0: the same topic alone, however it is written. */
  readonly nearTopics: number;
  /** Rounds find exchanges that start together, in rings, and no others; otherwise reciprocity is open (R3). */
  readonly ringsOnly: boolean;
  /** Members of a ring, the last of whom gives to the first; 2 or more. */
  readonly longestRing: number;
  /** Gifts of a chain, which somebody begins who seeks nothing; 0: none. */
  readonly longestChain: number;
  /** R9: a pair that met before may go without a mediator. */
  readonly waiveConnectionForKnownPairs: boolean;
  /** R20: the label under which hours are reported. */
  readonly trainingLabel: string;
  /** R20: hours outside working time in a calendar year at which the member is warned. */
  readonly warnOutsideHours: readonly number[];
  /** Headcount by `site:CODE` or `unit:CODE`, for the exclusion indicator, where the company gives it. */
  readonly headcount: Readonly<Record<string, number>>;
  readonly thresholds: Thresholds;
}

/** Alert thresholds of §5, one for each alerting figure. */
export interface Thresholds {
  readonly imbalance: number;
  readonly reciprocityDebtDays: number;
  readonly giversAtCapacity: number;
  readonly giftGini: number;
  readonly topGiversShare: number;
  readonly singleSource: number;
  readonly unmetDemand: number;
  readonly exclusion: number;
  readonly participationRatio: number;
  readonly noShow: number;
  readonly lateChanges: number;
  readonly funnelDropPoints: number;
  readonly contentDisputes: number;
  readonly staleOffers: number;
  readonly confidentialityPer100: number;
  readonly confidentialityDays: number;
  readonly outsideHours: number;
  readonly closedPairs: number;
  readonly sameUnit: number;
  readonly evaluationGap: number;
  readonly mediationBottleneck: number;
  readonly openConnectionsPerMediator: number;
  readonly dormancy: number;
}

export const defaultPolicy: Policy = {
  entryOnBehalfDays: 30,
  graceDays: 90,
  reviewMonths: 12,
  reviewDays: 30,
  acceptanceDays: 14,
  connectionDays: 14,
  outcomeDays: 14,
  reportDays: 14,
  lapseDays: 60,
  evaluationDays: 30,
  followUpFromDay: 60,
  followUpUntilDay: 90,
  settleDays: 10,
  pairRestDays: 90,
  plannedAheadMonths: 24,
  exchangeTextsMonths: 24,
  goneMembersMonths: 36,
  defaultCapacity: 2,
  gates: { place: 'hard', halfDays: 'soft', level: 'soft' },
  nearTopics: 1,
  ringsOnly: false,
  longestRing: 3,
  longestChain: 0,
  waiveConnectionForKnownPairs: true,
  trainingLabel: 'formation de proximité',
  warnOutsideHours: [25, 30],
  headcount: {},
  thresholds: {
    imbalance: 0.5,
    reciprocityDebtDays: 180,
    giversAtCapacity: 0.2,
    giftGini: 0.6,
    topGiversShare: 0.3,
    singleSource: 0.2,
    unmetDemand: 0.25,
    exclusion: 0.15,
    participationRatio: 0.5,
    noShow: 0.05,
    lateChanges: 0.1,
    funnelDropPoints: 10,
    contentDisputes: 0.02,
    staleOffers: 0.2,
    confidentialityPer100: 0,
    confidentialityDays: 10,
    outsideHours: 0.1,
    closedPairs: 0.3,
    sameUnit: 0.5,
    evaluationGap: 0.3,
    mediationBottleneck: 0.2,
    openConnectionsPerMediator: 10,
    dormancy: 0.3,
  },
};
