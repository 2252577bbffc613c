import { median } from '#domain/statistics';
import type { FigureContribution } from '../contribution';
import { SATISFIED } from './evaluations';

type Hits = Pick<FigureContribution, 'hits' | 'of'>;

/** Of a fully evaluated exchange, whether every overall is 4 or more. */
export const mutualIn = (contributions: readonly FigureContribution[]): Hits => {
  if (contributions.some(({ answer }) => answer === undefined)) return { hits: 0, of: 0 };
  return { hits: contributions.every(({ answer }) => (answer?.form.overall ?? 0) >= SATISFIED) ? 1 : 0, of: 1 };
};

/** Of the criteria that these learners of an exchange answered, those met: where their median is 4 or more. */
export const objectivesIn = (contributions: readonly FigureContribution[]): Hits => {
  const scores = new Map<string, number[]>();
  for (const { criterionId, score } of contributions.flatMap(({ answer }) => answer?.form.criteria ?? []))
    scores.set(criterionId, [...(scores.get(criterionId) ?? []), score]);
  return { hits: [...scores.values()].filter((all) => (median(all) ?? 0) >= SATISFIED).length, of: scores.size };
};
