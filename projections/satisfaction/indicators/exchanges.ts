import { median } from '#domain/statistics';
import type { Ballot } from '../ballot';
import { SATISFIED } from './answers';

type Judged = Pick<Ballot, 'hits' | 'of'>;

/** Of a fully evaluated exchange, whether every overall is 4 or more. */
export const mutualIn = (ballots: readonly Ballot[]): Judged => {
  if (ballots.some(({ answer }) => answer === undefined)) return { hits: 0, of: 0 };
  return { hits: ballots.every(({ answer }) => (answer?.form.overall ?? 0) >= SATISFIED) ? 1 : 0, of: 1 };
};

/** Of the criteria that these learners of an exchange answered, those met: where their median is 4 or more. */
export const objectivesIn = (ballots: readonly Ballot[]): Judged => {
  const scores = new Map<string, number[]>();
  for (const { criterionId, score } of ballots.flatMap(({ answer }) => answer?.form.criteria ?? []))
    scores.set(criterionId, [...(scores.get(criterionId) ?? []), score]);
  return { hits: [...scores.values()].filter((all) => (median(all) ?? 0) >= SATISFIED).length, of: scores.size };
};
