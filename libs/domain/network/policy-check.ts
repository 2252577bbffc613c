import { POLICY_MOST, STRICTNESSES, type MatchingGates, type Policy, type Thresholds } from './policy';

type Check = (value: unknown) => boolean;

const whole =
  (least: number, most = Number.MAX_SAFE_INTEGER): Check =>
  (value) =>
    Number.isSafeInteger(value) && (value as number) >= least && (value as number) <= most;
const days = whole(1, POLICY_MOST.days);
const months = whole(1, POLICY_MOST.months);
const monthsOrForGood = whole(0, POLICY_MOST.months);
const share: Check = (value) => typeof value === 'number' && value >= 0 && value <= 1;
const amount: Check = (value) => typeof value === 'number' && Number.isFinite(value) && value >= 0;
const filled: Check = (value) => typeof value === 'string' && value.trim() !== '';
const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value);

const ascendingHours: Check = (value) =>
  Array.isArray(value) && value.every((each, i) => amount(each) && each > 0 && (i === 0 || each > value[i - 1]));

const headcount: Check = (value) =>
  isRecord(value) && Object.entries(value).every(([key, count]) => /^(site|unit):./.test(key) && whole(0)(count));

const strictness: Check = (value) => STRICTNESSES.some((one) => one === value);

const checks: Record<Exclude<keyof Policy, 'thresholds' | 'gates'>, Check> = {
  entryOnBehalfDays: days,
  graceDays: days,
  reviewMonths: months,
  reviewDays: days,
  acceptanceDays: days,
  connectionDays: days,
  outcomeDays: days,
  reportDays: days,
  lapseDays: days,
  evaluationDays: days,
  followUpFromDay: days,
  followUpUntilDay: days,
  settleDays: days,
  pairRestDays: whole(0, POLICY_MOST.days),
  plannedAheadMonths: months,
  exchangeTextsMonths: monthsOrForGood,
  goneMembersMonths: monthsOrForGood,
  defaultCapacity: whole(1, POLICY_MOST.capacity),
  waiveConnectionForKnownPairs: (value) => typeof value === 'boolean',
  trainingLabel: filled,
  warnOutsideHours: ascendingHours,
  headcount,
  nearTopics: whole(0, POLICY_MOST.topicSteps),
  ringsOnly: (value) => typeof value === 'boolean',
  longestRing: whole(2, POLICY_MOST.ring),
  longestChain: whole(0, POLICY_MOST.chain),
};

const gateChecks: Record<keyof MatchingGates, Check> = { place: strictness, halfDays: strictness, level: strictness };

const thresholdChecks: Record<keyof Thresholds, Check> = {
  imbalance: share,
  reciprocityDebtDays: amount,
  giversAtCapacity: share,
  giftGini: share,
  topGiversShare: share,
  singleSource: share,
  unmetDemand: share,
  exclusion: share,
  participationRatio: share,
  noShow: share,
  lateChanges: share,
  funnelDropPoints: amount,
  contentDisputes: share,
  staleOffers: share,
  confidentialityPer100: amount,
  confidentialityDays: amount,
  outsideHours: share,
  closedPairs: share,
  sameUnit: share,
  evaluationGap: share,
  mediationBottleneck: share,
  openConnectionsPerMediator: amount,
  dormancy: share,
};

/** Every field, whether or not its type promises that it is there: policies come from people, through forms and files. */
const wrongIn = (values: Readonly<Record<string, unknown>>, rules: Readonly<Record<string, Check>>): string | null =>
  Object.keys(values).find((field) => !Object.hasOwn(rules, field)) ??
  Object.keys(rules).find((field) => !rules[field]?.(values[field])) ??
  null;

/** Of a field that holds fields, as `thresholds`: its own name where it holds none. */
const wrongWithin = (name: string, values: unknown, rules: Readonly<Record<string, Check>>): string | null => {
  const field = isRecord(values) ? wrongIn(values, rules) : '';
  return field === null ? null : field === '' ? name : `${name}.${field}`;
};

/** The first field whose value cannot stand, as `graceDays` or `thresholds.noShow`; null where all can. */
export const wrongPolicyField = (policy: Policy): string | null => {
  const { thresholds, gates, ...plain } = policy;
  const field = wrongIn(plain, checks) ?? wrongWithin('thresholds', thresholds, thresholdChecks) ?? wrongWithin('gates', gates, gateChecks);
  if (field !== null) return field;
  return policy.followUpUntilDay < policy.followUpFromDay ? 'followUpUntilDay' : null;
};
