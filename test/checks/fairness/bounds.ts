import type { Finding } from '../runner/schedules';
import type { FairnessFigures } from './figures';

export type Count = 'starved' | 'drowned' | 'excluded' | 'behind';
export const COUNTS: readonly Count[] = ['starved', 'drowned', 'excluded', 'behind'];

/** Rounds in which somebody may be overtaken before they are proposed: a year of them. */
export const MAX_OVERTAKEN = 12;
/** As the indicator of exclusion has it (§5): below half of the share of all is an alert. */
const LEAST_SHARE = 0.5;
/** Of what the simplest policy serves: chance moves both by as much. */
const NO_FEWER = 0.98;

/** Nobody waits for ever, no giver drowns, nobody is left out for where they work, and all this not at the cost of who is served. */
export const unfair = (ours: FairnessFigures, firstCome: FairnessFigures): readonly Finding<Count>[] => {
  const found: Finding<Count>[] = [];
  if (ours.longestOvertaken > MAX_OVERTAKEN) found.push({ count: 'starved', what: `overtaken in ${ours.longestOvertaken} rounds` });
  if (ours.overCapacity > 0) found.push({ count: 'drowned', what: `${ours.overCapacity} times a giver beyond their capacity` });
  for (const cell of ['leastSite', 'leastUnit'] as const)
    if (ours[cell] < LEAST_SHARE) found.push({ count: 'excluded', what: `${cell} is ${ours[cell]} of the share of all` });
  if (ours.served < NO_FEWER * firstCome.served)
    found.push({ count: 'behind', what: `${ours.served} served, first come first served ${firstCome.served}` });
  return found;
};
