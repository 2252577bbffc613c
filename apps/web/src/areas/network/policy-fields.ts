import limits from '../../api/generated/policy-limits.json';

/** How a value is written and counted; `share` is kept as a part of one, and written in percent. */
export type Unit = 'days' | 'months' | 'count' | 'share' | 'figure' | 'points' | 'line' | 'yes-no' | 'strictness' | 'hours' | 'headcount';

/** What holds for what is under way: windows keep their end (§3), figures are judged anew at midnight. */
export type Effect = 'windows' | 'next' | 'newcomers' | 'all' | 'midnight' | 'retention';

const PLAIN = {
  entryOnBehalfDays: ['entering', 'days', 'windows'],
  graceDays: ['entering', 'days', 'windows'],
  reviewMonths: ['entering', 'months', 'windows'],
  reviewDays: ['entering', 'days', 'windows'],
  defaultCapacity: ['entering', 'count', 'newcomers'],
  acceptanceDays: ['matching', 'days', 'windows'],
  pairRestDays: ['matching', 'days', 'next'],
  waiveConnectionForKnownPairs: ['matching', 'yes-no', 'next'],
  nearTopics: ['matching', 'count', 'next'],
  ringsOnly: ['matching', 'yes-no', 'next'],
  longestRing: ['matching', 'count', 'next'],
  longestChain: ['matching', 'count', 'next'],
  connectionDays: ['matching', 'days', 'windows'],
  outcomeDays: ['matching', 'days', 'windows'],
  plannedAheadMonths: ['matching', 'months', 'next'],
  reportDays: ['after', 'days', 'windows'],
  lapseDays: ['after', 'days', 'windows'],
  evaluationDays: ['after', 'days', 'windows'],
  followUpFromDay: ['after', 'days', 'windows'],
  followUpUntilDay: ['after', 'days', 'windows'],
  settleDays: ['after', 'days', 'windows'],
  exchangeTextsMonths: ['keeping', 'months', 'retention'],
  goneMembersMonths: ['keeping', 'months', 'retention'],
  trainingLabel: ['hours', 'line', 'all'],
  warnOutsideHours: ['hours', 'hours', 'all'],
  headcount: ['hours', 'headcount', 'midnight'],
} as const;

/** How rounds keep the gates that may bend, by what the policy calls them. */
const GATES = { gateHalfDays: 'halfDays', gatePlace: 'place', gateLevel: 'level' } as const;

const THRESHOLDS = {
  imbalance: 'share',
  reciprocityDebtDays: 'days',
  giversAtCapacity: 'share',
  giftGini: 'figure',
  topGiversShare: 'share',
  singleSource: 'share',
  unmetDemand: 'share',
  exclusion: 'share',
  participationRatio: 'figure',
  noShow: 'share',
  lateChanges: 'share',
  funnelDropPoints: 'points',
  contentDisputes: 'share',
  staleOffers: 'share',
  confidentialityPer100: 'figure',
  confidentialityDays: 'days',
  outsideHours: 'share',
  closedPairs: 'share',
  sameUnit: 'share',
  evaluationGap: 'share',
  mediationBottleneck: 'share',
  openConnectionsPerMediator: 'count',
  dormancy: 'share',
} as const;

export type PlainName = keyof typeof PLAIN;
export type ThresholdName = keyof typeof THRESHOLDS;
export type GateName = keyof typeof GATES;
export type FieldName = PlainName | GateName | ThresholdName;
export type Group = (typeof PLAIN)[PlainName][0] | 'thresholds';

export interface Field {
  readonly name: FieldName;
  /** Where the policy keeps it: the field that holds it, if one does, and its own. */
  readonly within: 'gates' | 'thresholds' | null;
  readonly key: string;
  readonly group: Group;
  readonly unit: Unit;
  readonly effect: Effect;
}

export const GROUPS: readonly Group[] = ['entering', 'matching', 'after', 'keeping', 'hours', 'thresholds'];

export const FIELDS: readonly Field[] = [
  ...Object.entries(PLAIN).map(([key, [group, unit, effect]]) => ({ name: key as PlainName, within: null, key, group, unit, effect })),
  ...Object.entries(GATES).map(
    ([name, key]) => ({ name: name as GateName, within: 'gates', key, group: 'matching', unit: 'strictness', effect: 'next' }) as const,
  ),
  ...Object.entries(THRESHOLDS).map(
    ([key, unit]) => ({ name: key as ThresholdName, within: 'thresholds', key, group: 'thresholds', unit, effect: 'midnight' }) as const,
  ),
];

export type Value = number | boolean | string | readonly number[] | Readonly<Record<string, number>>;
export type Policy = Readonly<Record<string, unknown>> & {
  readonly gates: Readonly<Record<string, string>>;
  readonly thresholds: Readonly<Record<string, number>>;
};

export const valueOf = ({ within, key }: Field, policy: Policy): Value => (within === null ? policy[key] : policy[within][key]) as Value;

const MOST_DIGITS = 6;
const rounded = (value: number): number => Number(value.toFixed(MOST_DIGITS));

/** The smallest and the largest that the API takes, as one writes it. */
export const limitsOf = ({ name, unit }: Field): readonly [number, number] | null => {
  const found = (limits as unknown as Readonly<Record<string, readonly [number, number]>>)[name];
  if (!found) return null;
  return unit === 'share' ? [found[0] * 100, found[1] * 100] : found;
};

/** A value as it stands in its field. */
export const written = ({ unit }: Field, value: Value, decimal: string): string => {
  const digits = (number: number): string => String(rounded(number)).replace('.', decimal);
  if (unit === 'share') return digits((value as number) * 100);
  if (unit === 'hours') return (value as readonly number[]).map(digits).join(' ; ');
  if (unit === 'headcount')
    return Object.entries(value)
      .map(([code, heads]) => `${code} ${heads}`)
      .join('\n');
  return typeof value === 'number' ? digits(value) : String(value);
};

const numberIn = (text: string): number | null => {
  const value = Number(text.trim().replace(',', '.'));
  return text.trim() === '' || !Number.isFinite(value) ? null : value;
};

const headcountIn = (text: string): Value | null => {
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  const found = lines.map((line) => /^\s*((?:site|unit):\S+)\s+(\d+)\s*$/.exec(line));
  return found.every((one) => one !== null) ? Object.fromEntries(found.map((one) => [one![1]!, Number(one![2])])) : null;
};

const WHOLE: readonly Unit[] = ['days', 'months'];

/** What somebody wrote, as the API takes it; null where it cannot be one. */
export const readValue = (field: Field, text: string): Value | null => {
  const { unit } = field;
  if (unit === 'line') return text.trim() === '' ? null : text.trim();
  if (unit === 'yes-no') return text === 'true';
  if (unit === 'strictness') return text;
  if (unit === 'headcount') return headcountIn(text);
  if (unit === 'hours') {
    const hours = text.split(';').map(numberIn);
    return hours.every((one, at) => one !== null && one > (hours[at - 1] ?? 0)) ? (hours as readonly number[]) : null;
  }
  const value = numberIn(text);
  const limit = limitsOf(field);
  if (value === null || (limit && (value < limit[0] || value > limit[1]))) return null;
  if (WHOLE.includes(unit) && field.group !== 'thresholds' && !Number.isInteger(value)) return null;
  if (field.name === 'defaultCapacity' && !Number.isInteger(value)) return null;
  return unit === 'share' ? rounded(value / 100) : value;
};

export interface Change {
  readonly field: Field;
  readonly before: Value;
  /** Null where what is written cannot be one. */
  readonly after: Value | null;
}

/** Where what is written differs from what is in force. */
export const changesIn = (draft: Readonly<Record<string, string>>, policy: Policy): readonly Change[] =>
  FIELDS.flatMap((field) => {
    const text = draft[field.name];
    if (text === undefined) return [];
    const before = valueOf(field, policy);
    const after = readValue(field, text);
    return JSON.stringify(after) === JSON.stringify(before) ? [] : [{ field, before, after }];
  });

/** A merge patch: whoever is counted no more is taken away by null. */
const patchOf = (before: object, after: object): Readonly<Record<string, number | null>> => ({
  ...Object.fromEntries(Object.keys(before).map((code) => [code, null])),
  ...after,
});

export const patchFor = (changes: readonly Change[]): Readonly<Record<string, unknown>> => {
  const changed = (within: Field['within']) =>
    Object.fromEntries(
      changes
        .filter(({ field }) => field.within === within)
        .map(({ field, before, after }) => [
          field.key,
          field.unit === 'headcount' ? patchOf(before as object, after as object) : (after as unknown),
        ]),
    );
  const nested = (['gates', 'thresholds'] as const).map((within) => [within, changed(within)] as const);
  return { ...changed(null), ...Object.fromEntries(nested.filter(([, fields]) => Object.keys(fields).length > 0)) };
};
