import type { Caught, Check, CheckResult, CheckRun } from '../runner/check';
import { mustBeClean, plantEach } from '../runner/self-test';
import { foldedAnswers, type AnswersAt } from './answers';
import type { Finding } from './findings';
import { withPopulation } from './harness';
import { judge } from './judge';
import { MUTANTS } from './mutants';

const countOf = (findings: readonly Finding[], count: Finding['count']): number => findings.filter((one) => one.count === count).length;

const run = async (asked: CheckRun): Promise<CheckResult> => {
  const findings: string[] = [];
  const [counts, figures] = [
    { disagreements: 0, differences: 0, disclosed: 0 },
    { events: 0, figures: 0, shown: 0, evidence: 0 },
  ];
  for (let n = 0; n < asked.count; n += 1) {
    const seed = asked.seed + n;
    asked.progress(`seed ${seed}: playing`);
    await withPopulation({ ...asked, seed }, async ({ log, answersAt }) => {
      asked.progress(`seed ${seed}: asking, of ${log.length} events`);
      const judged = await judge(log, answersAt);
      findings.push(...judged.findings.map(({ what }) => `seed ${seed}, ${what}`));
      for (const count of ['disagreements', 'differences', 'disclosed'] as const) counts[count] += countOf(judged.findings, count);
      figures.events += log.length;
      for (const name of ['figures', 'shown', 'evidence'] as const) figures[name] += judged.figures[name];
    });
  }
  return { counts, figures, findings };
};

const selfTest = (asked: CheckRun): Promise<readonly Caught[]> =>
  withPopulation(asked, async ({ log }) => {
    const found = async (answersAt: AnswersAt): Promise<readonly Finding[]> => (await judge(log, answersAt)).findings;
    mustBeClean((await found(foldedAnswers(log))).map(({ what }) => what));
    return plantEach(MUTANTS, asked, async ({ answersOf }) => [...new Set((await found(answersOf(log))).map(({ count }) => count))]);
  });

export const explainCheck: Check = {
  name: 'explain',
  about: 'every figure of both dashboards at three dates, and each list behind one, against a second implementation; count: populations',
  defaultCount: 2,
  logs: ['postgres'],
  sizes: { members: 120, months: 15 },
  run,
  selfTest,
};
