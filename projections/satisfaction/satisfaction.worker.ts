import type { Instant } from '#kernel/id';
import { type WorkerTask, serveComputation } from '#read-store/worker/serve-computation';
import { figuresAsOf, type CountedPersons, type Dimension, dimensions, type FigureSelector, type SatisfactionFigure } from './figures';
import { type EvidencePlace, placesOf } from './evidence';
import type { SatisfactionRow } from './satisfaction.projection';

/** Every figure as of a date, or what is behind one of them: the facts, or whom it counts. */
export interface Question {
  readonly asOf: Instant;
  readonly of?: FigureSelector;
  readonly what?: 'evidence' | 'counted';
}

/** Figures of one dimension, or places of facts; of persons, opaque ids, and nothing that they said (R15). */
export type Piece =
  | { readonly dimension: Dimension; readonly figures: readonly SatisfactionFigure[] }
  | { readonly places: readonly EvidencePlace[] }
  | { readonly counted: CountedPersons | null };

const BATCH_SIZE = 5_000;

function* inPieces<T>(all: readonly T[]): Generator<readonly T[]> {
  for (let from = 0; from < all.length; from += BATCH_SIZE) yield all.slice(from, from + BATCH_SIZE);
}

/** Satisfaction takes seconds where exchanges are many: it is computed in a thread of its own, from the rows as they are stored. */
const task = (): WorkerTask<string, Question, Piece> => {
  const rows: SatisfactionRow[] = [];
  return {
    take: (batch) => batch.forEach((row) => rows.push(JSON.parse(row) as SatisfactionRow)),
    *answer({ asOf, of, what }) {
      const answers = figuresAsOf(rows, asOf);
      if (of !== undefined && what === 'counted') yield { counted: answers.countedIn(of) };
      else if (of !== undefined) for (const places of inPieces(placesOf(answers.evidenceOf(of)))) yield { places };
      else for (const dimension of dimensions) for (const figures of inPieces(answers.figures(dimension))) yield { dimension, figures };
    },
  };
};

serveComputation(task());
