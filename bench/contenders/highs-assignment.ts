import type { IntegerProgram, Row } from '#matching/exact/integer-program';
import type { AssignmentProblem } from '#matching/optimum/assignment-problem';

const UNBOUNDED = -1e9;

/**
 * One-to-one exchanges as an integer program: a column for each arc, and one for each engagement that a giver may still take on, for its load.
 * Groups are left out: each would be columns of its own.
 */
export const programOf = ({ requests, offers, givers, arcs }: AssignmentProblem, served: number): IntegerProgram => {
  const weights = Array.from(arcs.cost, (cost) => served - cost);
  const rows: Row[] = [];
  const ofGiver = new Map<number, number[]>();
  for (let request = 0; request < requests.count; request += 1) {
    const columns = Array.from({ length: arcs.first[request + 1]! - arcs.first[request]! }, (_, at) => arcs.first[request]! + at);
    if (columns.length > 0) rows.push({ least: 0, most: 1, terms: columns.map((column) => [column, 1]) });
    for (const column of columns) {
      const giver = offers.giver[arcs.offer[column]!]!;
      ofGiver.set(giver, [...(ofGiver.get(giver) ?? []), column]);
    }
  }
  for (const [giver, columns] of ofGiver) {
    const seats = Array.from(
      { length: givers.capacity[giver]! },
      (_, taken) => weights.push(-givers.loadCost * (givers.engaged[giver]! + taken)) - 1,
    );
    const terms = [...columns.map((column) => [column, 1] as const), ...seats.map((column) => [column, -1] as const)];
    rows.push({ least: UNBOUNDED, most: 0, terms });
  }
  return { weights, rows };
};
