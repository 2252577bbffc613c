import { answersAt, dimensions } from '#projections/satisfaction/answer';
import { cellIn } from '#projections/satisfaction/cells';
import { definitions } from '#projections/satisfaction/figure';
import { everyoneDue } from '#projections/satisfaction/indicators/answers';
import type { Instant } from '#kernel/id';
import type { Population } from './population';
import type { Sum } from './attack';

/** What an auditor opens behind one figure, as the ballots that it was made of. */
const ballotsBehind = ({ ballots }: Population, told: string, ids: ReadonlySet<string>): Sum =>
  ballots.flatMap((ballot, number) => {
    const event = ballot.answer ?? ballot.opens[0];
    return event !== undefined && ids.has(event.id) && ballot.cells.includes(told) ? [number] : [];
  });

const publishedAt = (population: Population, end: Instant): readonly Sum[] => {
  const answers = answersAt(population.rows, end);
  return dimensions.flatMap((dimension) =>
    answers.figures(dimension).flatMap((figure): Sum[] => {
      const { ballots, counted } = definitions[figure.indicator];
      const told = cellIn(counted, figure.cell);
      if (figure.hidden || ballots !== everyoneDue || told === null) return [];
      return [ballotsBehind(population, told, new Set(answers.behind(figure).map(({ id }) => id)))];
    }),
  );
};

/** All figures of evaluations, of every cell of every dimension at the end of every week, with the evidence of each. */
export const publishedOf = (population: Population): readonly Sum[] => population.ends.flatMap((end) => publishedAt(population, end));
