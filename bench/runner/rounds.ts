import type { BenchRun } from './bench';

/** Does one round's work and gives its figure. */
export type Contender = () => Promise<number>;

export const ROUNDS = 7;
/** Not counted: code is compiled as it gets warm. */
const WARM_UP = 2;

export const median = (values: readonly number[]): number => {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length / 2;
  return Number.isInteger(middle) ? ((sorted[middle - 1] ?? NaN) + (sorted[middle] ?? NaN)) / 2 : (sorted[Math.floor(middle)] ?? NaN);
};

/** To three significant digits: more would pretend to a precision that no machine has. */
export const rounded = (value: number): number => Number(value.toPrecision(3));

/**
 * Every contender once a round, each round beginning with another one, after two rounds that do not count.
 * @returns each contender's median over at least five rounds
 * @throws the signal's reason when interrupted
 */
export const interleaved = async <Name extends string>(
  contenders: Readonly<Record<Name, Contender>>,
  { signal, progress }: Pick<BenchRun, 'signal' | 'progress'>,
  rounds = ROUNDS,
): Promise<Record<Name, number>> => {
  const names = Object.keys(contenders) as Name[];
  const figures = new Map<Name, number[]>(names.map((name) => [name, []]));
  for (let round = 1 - WARM_UP; round <= rounds; round += 1) {
    const order = names.map((_, index) => names[(index + round + WARM_UP) % names.length] as Name);
    for (const name of order) {
      signal.throwIfAborted();
      const figure = await contenders[name]();
      if (round > 0) figures.get(name)?.push(figure);
      progress(`${round < 1 ? 'warm-up' : `round ${round} of ${rounds}`}: ${name} ${rounded(figure)}`);
    }
  }
  return Object.fromEntries(names.map((name) => [name, rounded(median(figures.get(name) ?? []))])) as Record<Name, number>;
};

/** How often `times` pieces of work would be done in a second of this process's processors alone, whatever else the machine does. */
export const perProcessorSecond = async (times: number, work: () => Promise<void>): Promise<number> => {
  const start = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(start);
  return times / ((user + system) / 1e6);
};

/** How often a second `times` pieces of work were done. */
export const perSecond = async (times: number, work: () => Promise<void>): Promise<number> => {
  const start = process.hrtime.bigint();
  await work();
  return times / (Number(process.hrtime.bigint() - start) / 1e9);
};
