import { arcsByOffer, type ArcsByOffer } from './arcs-by-offer';
import type { AssignmentProblem, Certificate } from './assignment-problem';
import { mostGain, type Margins } from './giver-gain';

/** What no assignment can gain more than, by this certificate. */
export const boundOf = (
  problem: AssignmentProblem,
  { served, worth }: Certificate,
  byOffer: ArcsByOffer = arcsByOffer(problem),
): number => {
  const margins: Margins = { problem, byOffer, served, worthOf: (request) => worth[request]! };
  let bound = 0;
  for (const each of worth) bound += each;
  for (let giver = 0; giver < problem.givers.count; giver += 1) bound += mostGain(margins, giver);
  return bound;
};
