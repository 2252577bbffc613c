import { marketOf } from '../market';
import type { AssignmentResult } from '../optimum/assignment-problem';
import { solveMarket } from '../solve-market';
import type { GateCost, OpenableGate } from './explanation';
import { opened, type Question } from './opened';

/** The same round, solved anew with one gate open. */
export const gateCost = (
  question: Question,
  seed: number,
  { gate, closed }: { gate: OpenableGate; closed: AssignmentResult },
): GateCost => {
  const { inputs, policy } = opened(question, gate);
  const open = solveMarket(marketOf(inputs, policy, seed));
  const more = Math.max(0, open.served - closed.served);
  return { gate, more, atMost: Math.max(more, open.served + open.gap.served - closed.served) };
};
