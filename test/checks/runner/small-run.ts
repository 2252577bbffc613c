import type { Caught, CheckRun } from './check';

/** Of a check in its small form, as the gate plays it. */
export const smallRun = (asked: Partial<CheckRun>): CheckRun => ({
  ...{ seed: 1, count: 1, log: 'memory', sizes: {}, signal: new AbortController().signal, progress: () => undefined },
  ...asked,
});

/** That there are so many mutants at least, and that each was caught. */
export const expectAllCaught = (all: readonly Caught[], atLeast: number): void => {
  expect(all.length).toBeGreaterThanOrEqual(atLeast);
  expect(all.filter(({ caughtBy }) => caughtBy.length === 0)).toEqual([]);
};
