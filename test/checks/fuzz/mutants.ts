import { QueryRunner } from '#apps/api/queries/query-runner';
import { ProblemError } from '#apps/api/problems/problem';
import { Validation } from '#apps/api/http/validation';
import { patchMethod } from '../runner/patch-method';
import { computedSoFar } from './stall-watch';

/** What is run before each question to a read model; a promise that it answers is waited for. */
type Before = (asked: number) => Promise<unknown> | void;

const beforeQuestions = (before: Before): void => {
  let asked = 0;
  patchMethod(QueryRunner, 'ask', async (_, ask, ...given) => {
    asked += 1;
    await before(asked);
    return ask(...given);
  });
};

/** Of its own processor time: on a busy machine it lasts longer. */
const compute = (milliseconds: number): void => {
  const until = computedSoFar() + milliseconds;
  while (computedSoFar() < until);
};

const kept: string[][] = [];
const WORDS_OF_A_MIB = 1_024 * 1_024 * 0.125;

/** How a text begins that a spreadsheet, a page or a template takes for its own. */
const LIVE = /"(?:[=＝@<]|\\n=|\$\{|\{\{)/;

/** Each makes the server wrong in one way; by name, as `FUZZ_BUG` gives it. */
export const SERVER_MUTANTS: Readonly<Record<string, () => void>> = {
  'a text with a formula or markup throws': () => {
    patchMethod(Validation, 'transform', (_, transform, ...given) => {
      if (LIVE.test(JSON.stringify(given[0]) ?? '')) throw new TypeError('a formula');
      return transform(...given);
    });
  },
  'a question now and then is computed for 600 ms': () => beforeQuestions((asked) => (asked % 50 === 0 ? compute(600) : undefined)),
  'a MiB is kept of each second question': () =>
    beforeQuestions((asked) => {
      if (asked % 2 === 0) kept.push(Array.from({ length: WORDS_OF_A_MIB }, () => '')); // eight bytes each
    }),
  'a question now and then is never answered': () =>
    beforeQuestions((asked) => (asked % 200 === 0 ? new Promise(() => undefined) : undefined)),
  'nobody hears of a rejection': () => beforeQuestions((asked) => void (asked === 100 && Promise.reject(new Error('unheard')))),
  'the store is said to be away, and is there': () =>
    beforeQuestions((asked) => {
      if (asked % 100 === 0)
        throw new ProblemError({
          status: 503,
          code: 'unavailable',
          title: { en: 'The service is not ready', fr: 'Le service n’est pas prêt' },
        });
    }),
};

export const plantInServer = (bug: string | undefined): void => (bug === undefined ? undefined : SERVER_MUTANTS[bug]?.());
