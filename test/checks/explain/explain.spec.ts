import { questionOf } from '#test/oracle/facts/question';
import { instant } from '#testing/histories/story';
import { randomEvaluations, someWeeks } from '#testing/networks/random-evaluations';
import { smallRun } from '../runner/small-run';
import { foldedAnswers, type AnswersAt } from './answers';
import type { Finding } from './findings';
import { withPopulation } from './harness';
import { judgePairs, judgeSatisfaction } from './judge-satisfaction';
import { judge } from './judge';
import { MUTANTS } from './mutants';

type Log = Parameters<typeof judge>[0];

jest.setTimeout(300_000);

const SEED = 1;

it(`has what is shown of random evaluations as a second implementation has it (R13, R15; seed ${SEED})`, async () => {
  const { events } = randomEvaluations(SEED);
  const facts = events as Log;
  for (const asOf of someWeeks.map(instant)) {
    const { satisfaction } = await foldedAnswers(events)(asOf);
    const question = questionOf(facts, asOf);
    expect(question && judgeSatisfaction(question, satisfaction)).toEqual([]);
    expect(judgePairs(facts, satisfaction)).toEqual([]);
  }
});

describe('the figures of a small population, beside a second implementation', () => {
  let log: Log;
  let found: readonly Finding[];
  beforeAll(() =>
    withPopulation(smallRun({ log: 'postgres', sizes: { members: 20, months: 3 } }), async (population) => {
      log = population.log;
      found = (await judge(log, population.answersAt)).findings;
    }),
  );

  it('are its figures, and so is each list behind one (R15, R20)', async () => {
    expect(found).toEqual([]);
    const { findings, figures } = await judge(log, foldedAnswers(log));
    expect(findings).toEqual([]);
    expect(figures.shown).toBeGreaterThan(50);
  });

  it.each(MUTANTS.filter(({ rare }) => rare !== true))('are found to be wrong where $bug', async ({ answersOf }) => {
    const answersAt: AnswersAt = answersOf(log);
    expect((await judge(log, answersAt)).findings.length).toBeGreaterThan(0);
  });
});
