import type { AssignmentProblem } from './assignment-problem';
import type { Seats } from './seats';

/** Whether two requests may not be in one group: one learner's, or those of two who are forbidden to each other. */
export type Apart = (one: number, other: number) => boolean;

export const apartIn = ({ requests, forbidden }: AssignmentProblem): Apart => {
  const enemies = new Map<number, Set<number>>();
  const add = (one: number, other: number): void => {
    const known = enemies.get(one);
    if (known) known.add(other);
    else enemies.set(one, new Set([other]));
  };
  for (let at = 0; at < forbidden.length; at += 2) {
    add(forbidden[at]!, forbidden[at + 1]!);
    add(forbidden[at + 1]!, forbidden[at]!);
  }
  return (one, other) => {
    const [a, b] = [requests.learner[one]!, requests.learner[other]!];
    return a === b || (enemies.get(a)?.has(b) ?? false);
  };
};

/** Two who sit in this room's group and may not; null where nobody does. */
export const quarrelIn = (seats: Seats, apart: Apart, room: number): readonly [number, number] | null => {
  for (let one = seats.firstSeated[room]!; one >= 0; one = seats.nextSeated[one]!)
    for (let other = seats.nextSeated[one]!; other >= 0; other = seats.nextSeated[other]!)
      if (apart(one, other)) return one < other ? [one, other] : [other, one];
  return null;
};
