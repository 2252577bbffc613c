import type { Caught, CheckRun } from './check';
import type { Finding, Work } from './schedules';

/** A bug that a check plants to show that it tells of it. */
export interface Mutant {
  /** In plain words; no two of a check have the same. */
  readonly bug: string;
  /** Where it alters the code itself: in a process of its own. */
  readonly plant?: () => void;
  /** Shows in few schedules: the self-test hunts it, the gate does not. */
  readonly rare?: boolean;
  /** Where its hunt begins: near the schedule that first showed it, if there is one in thousands. */
  readonly from?: number;
}

/** Those that another process plants by their name. */
export const mutantsNamed = (all: Readonly<Record<string, unknown>>): readonly Mutant[] => Object.keys(all).map((bug) => ({ bug }));

/** @throws where the check finds something before any bug is planted: it would seem to catch all of them */
export const mustBeClean = (findings: readonly string[]): void => {
  if (findings.length > 0) throw new Error(`not right before any bug was planted: ${findings.slice(0, 5).join('; ')}`);
};

/** Plants one after the other; `caughtBy` answers the counts that told. */
export const plantEach = async <One extends Mutant>(
  mutants: readonly One[],
  { signal, progress }: Pick<CheckRun, 'signal' | 'progress'>,
  caughtBy: (mutant: One, n: number) => Promise<readonly string[]>,
): Promise<readonly Caught[]> => {
  const all: Caught[] = [];
  for (const [n, mutant] of mutants.entries()) {
    signal.throwIfAborted();
    const { bug } = mutant;
    all.push({ bug, caughtBy: await caughtBy(mutant, n) });
    progress(`planted: ${bug}: ${all.at(-1)?.caughtBy.join(', ') || 'NOT CAUGHT'}`);
  }
  return all;
};

export const countsOf = (findings: readonly Finding[]): readonly string[] => [...new Set(findings.map(({ count }) => count))];

/** A bug must be caught within so many schedules. */
const BOUND = 400;

interface Hunted {
  readonly bug: string;
  readonly by: readonly Finding[];
  readonly after: number;
}

const WIDE = 80;

const row = ({ bug, by, after }: Hunted): string =>
  `${bug.padEnd(WIDE)} | ${(countsOf(by).join(', ') || 'NOT CAUGHT').padEnd(24)} | ${String(after).padStart(4)} | ${by[0]?.what.split('\n')[0]?.slice(0, WIDE) ?? ''}`;

/** Each mutant in a process of its own, schedule after schedule, until it is caught. */
export const huntMutants = async <One extends Mutant>(
  mutants: readonly One[],
  { seed, signal, sizes, progress }: CheckRun,
  workOff: (mutant: One, name: string, work: Work) => Promise<void>,
): Promise<readonly Caught[]> => {
  const left = mutants.values();
  const hunted = new Map<One, Hunted>();
  const hunt = async (_: unknown, n: number): Promise<void> => {
    for (const mutant of left) {
      if (signal.aborted) return;
      let [by, after]: [readonly Finding[], number] = [[], 0];
      const seeds = Array.from({ length: BOUND }, (_, nth) => (mutant.from ?? seed) + nth).values();
      const onReport: Work['onReport'] = ({ findings }) => ((after += 1), (by = findings).length === 0);
      await workOff(mutant, `hunter${n}`, { seeds, signal, onReport });
      hunted.set(mutant, { bug: mutant.bug, by, after });
      progress(row(hunted.get(mutant)!));
    }
  };
  await Promise.all(Array.from({ length: sizes['workers'] ?? 2 }, hunt));
  const inOrder = mutants.flatMap((one) => hunted.get(one) ?? []);
  progress(['', `${'bug'.padEnd(WIDE)} | ${'caught by'.padEnd(24)} | after schedules`, ...inOrder.map(row)].join('\n'));
  return inOrder.map(({ bug, by }) => ({ bug, caughtBy: countsOf(by) }));
};
