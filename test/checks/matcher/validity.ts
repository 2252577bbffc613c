import type { AssignmentResult } from '#matching/optimum/assignment-problem';
import { apartIn, loadOf, type Candidate, type Instance, type Worth } from './instance';

interface HeldGroup {
  readonly offer: number;
  readonly candidates: readonly Candidate[];
}

const groupsOf = ({ candidates }: Instance, { assigned, group }: Assigned): readonly HeldGroup[] => {
  const numbers = [...new Set(group)].filter((number) => number >= 0);
  return numbers.map((number) => {
    const requests = [...group.keys()].filter((request) => group[request] === number);
    const offer = assigned[requests[0] ?? -1] ?? -1;
    const found = requests.flatMap((request) => candidates.filter((each) => each.request === request && each.offer === assigned[request]));
    return { offer, candidates: found };
  });
};

type Assigned = Pick<AssignmentResult, 'assigned' | 'group'>;

const faultsOfGroup = (instance: Instance, { offer, candidates }: HeldGroup): readonly string[] => {
  const { smallest = 1, largest = 0 } = instance.offers[offer] ?? {};
  const isApart = apartIn(instance);
  const all = (bits: 'halfDays' | 'ways'): number => candidates.reduce((common, candidate) => common & candidate[bits], -1);
  const faults: string[] = [];
  if (candidates.some((each) => each.offer !== offer)) faults.push('a group of several offers');
  if (candidates.length < smallest) faults.push('a group below its smallest');
  if (candidates.length > largest) faults.push('a group above its largest');
  if (all('halfDays') === 0) faults.push('a group without a half-day in common');
  if (all('ways') === 0) faults.push('a group without a way to meet');
  if (candidates.some((one, at) => candidates.slice(at + 1).some((other) => isApart(one.request, other.request))))
    faults.push('a group of two who may not meet, or of one twice');
  return faults;
};

/** What an assignment really serves and costs. */
export const worthOf = (instance: Instance, assigned: Assigned): Worth => {
  const groups = groupsOf(instance, assigned);
  const paid = groups.flatMap(({ candidates }) => candidates).reduce((sum, { cost }) => sum + cost, 0);
  const load = instance.givers.map((_, giver) => groups.filter(({ offer }) => instance.offers[offer]?.giver === giver).length);
  return {
    served: assigned.assigned.filter((offer) => offer >= 0).length,
    cost: load.reduce((sum, engagements, giver) => sum + loadOf(instance, giver, engagements), paid),
  };
};

/** What is not as the problem wants it, from its meaning alone: nothing of the solver's is used. */
export const faultsIn = (instance: Instance, result: AssignmentResult): readonly string[] => {
  const { learners, offers, givers, candidates } = instance;
  const groups = groupsOf(instance, result);
  const faults = groups.flatMap((group) => faultsOfGroup(instance, group));
  const isCandidate = new Set(candidates.map(({ request, offer }) => `${request} ${offer}`));
  if (result.assigned.length !== learners.length || result.group.length !== learners.length) faults.push('not a line for each request');
  result.assigned.forEach((offer, request) => {
    if (offer >= 0 !== (result.group[request] ?? -1) >= 0) faults.push('an offer without a group, or a group without an offer');
    if (offer >= 0 && !isCandidate.has(`${request} ${offer}`)) faults.push('somebody served by an offer that cannot');
  });
  givers.forEach(({ capacity }, giver) => {
    if (groups.filter(({ offer }) => offers[offer]?.giver === giver).length > capacity) faults.push('a giver above their capacity');
  });
  const { served, cost } = worthOf(instance, result);
  if (served !== result.served) faults.push(`${served} are served, ${result.served} claimed`);
  if (cost !== result.cost) faults.push(`it costs ${cost}, ${result.cost} claimed`);
  return faults;
};
