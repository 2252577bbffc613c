import { mix } from '../seeded-hash';
import { keeping, valueOf, type IntegerSolver, type Row } from './integer-program';

/** Draws are whole and below this: their sums stay small beside a solver's tolerances. */
const DRAWS = 0x10000;

export interface Choice {
  /** One list of weights a goal, the first goal first. The first one's are all above 0. */
  readonly goals: readonly (readonly number[])[];
  readonly rows: readonly Row[];
  /** By column, 32 bits that follow from what the column stands for and the seed: equals are told apart by them. Null: any of the equals. */
  readonly draws: readonly number[] | null;
}

/** Not these, all of them. What has more than they would be better by the first goal, so that they alone are cut off. */
const otherThan = (chosen: readonly number[]): Row => ({
  least: -chosen.length,
  most: chosen.length - 1,
  terms: chosen.map((column) => [column, 1] as const),
});

/** Two draws of one sum are rare, twice in a row rarer still: so many times they are not. */
const MAX_DRAWS = 40;

const drawnAmong = (draws: readonly number[], rows: readonly Row[], solve: IntegerSolver): readonly number[] => {
  let chosen: readonly number[] = [];
  for (let salt = 0; salt < MAX_DRAWS; salt += 1) {
    const weights = draws.map((draw) => mix(draw ^ mix(salt)) & (DRAWS - 1));
    chosen = solve({ weights, rows }) ?? [];
    if (chosen.length === 0) return chosen;
    const other = solve({ weights, rows: [...rows, otherThan(chosen)] });
    if (other === null || valueOf(weights, other) < valueOf(weights, chosen)) return chosen;
  }
  return chosen;
};

/**
 * The best by the first goal; among those the best by the second, and so on; among equals the one whose draws weigh most.
 * Equals in that, too, are looked for by one more solve that forbids what was found: where there are, all draw anew. So what is answered
 * is the only optimum of its last program, whatever way a solver takes to it. Answers the chosen columns in order.
 */
export const lexicographicBest = ({ goals, rows, draws }: Choice, solve: IntegerSolver): readonly number[] => {
  const kept = [...rows];
  let chosen: readonly number[] = [];
  for (const weights of goals) {
    chosen = solve({ weights, rows: kept }) ?? [];
    kept.push(keeping(weights, valueOf(weights, chosen)));
  }
  return draws === null ? chosen : drawnAmong(draws, kept, solve);
};
