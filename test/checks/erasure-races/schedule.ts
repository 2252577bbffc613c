import { seededRandom } from '#apps/demo/seeded-random';

/** What an erasure does, in its order; `record` appends `PersonalDataErased`. */
export const STEPS = [
  'erase-streams',
  'erase-member',
  'forget',
  'erase-texts',
  'last-erasure',
  'rewrite-texts',
  'rewrite-keys',
  'record',
] as const;
export type ErasureStep = (typeof STEPS)[number];

export const STANDS = ['paused', 'behind', 'stuck', 'rebuilt', 'well'] as const;
export const MODELS = ['exchange-history', 'personal-text'] as const;

/** Everything that is drawn for one schedule; the same seed draws the same. */
export interface Schedule {
  readonly seed: number;
  readonly model: (typeof MODELS)[number];
  /** How that read model stands while the erasure goes on. */
  readonly stands: (typeof STANDS)[number];
  /** Whether the read models had seen the exchange before. */
  readonly seen: boolean;
  /** The process that erases is killed once; another takes its place. */
  readonly kill: { readonly step: ErasureStep; readonly when: 'before' | 'after' } | null;
  /** At its first pass through this step a third person writes about the erased one, in another process. */
  readonly writesAt: ErasureStep | null;
  /** Another process holds the keys in its cache. */
  readonly cached: boolean;
  /** Another process has read the texts before their keys go, and writes them when the files are rewritten. */
  readonly underWay: boolean;
  /** A transaction that began before is open until the files are rewritten. */
  readonly reader: boolean;
}

/** Kills go through every step, before and after, as seeds go up; the rest is drawn. */
export const scheduleOf = (seed: number): Schedule => {
  const chance = seededRandom(seed, 'erasure-races');
  const step = STEPS[seed % STEPS.length]!;
  const underWay = chance.yes(0.3);
  return {
    seed,
    model: chance.of(MODELS),
    stands: underWay ? 'well' : chance.of(STANDS),
    seen: !underWay && chance.yes(0.5),
    kill: chance.yes(0.6) ? { step, when: chance.yes(0.5) ? 'before' : 'after' } : null,
    writesAt: chance.yes(0.5) ? chance.of(STEPS) : null,
    cached: chance.yes(0.5),
    underWay,
    reader: chance.yes(0.2),
  };
};

export const describeSchedule = ({ seed, model, stands, seen, kill, writesAt, cached, underWay, reader }: Schedule): string =>
  [
    `seed ${seed}: ${model} ${stands}${seen ? ' after' : ' before'} it saw the exchange`,
    ...(kill ? [`killed ${kill.when} ${kill.step}`] : []),
    ...(writesAt ? [`somebody writes at ${writesAt}`] : []),
    ...(cached ? ['keys in a cache'] : []),
    ...(underWay ? ['texts under way'] : []),
    ...(reader ? ['a reader of the older state'] : []),
  ].join(', ');
