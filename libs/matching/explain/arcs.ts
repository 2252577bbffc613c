import { mostCandidates, someArcs, type Search } from '../candidates/candidates';
import { allArcs, withGroupArcs } from '../candidates/group-candidates';
import type { ArcColumns } from '../optimum/assignment-problem';

/** More pairs than that are not all looked at: a request is given the best fits, and what is told stays true. */
const ALL = 8_000_000;
const SOME = 48;

/** Which offers are open to which requests. */
export const openArcs = (search: Search): ArcColumns => {
  let count = 0;
  for (let sought = 0; sought < search.market.requests.length && count <= ALL; sought += 1) count += mostCandidates(search, sought);
  return count <= ALL ? allArcs(search) : withGroupArcs(search, someArcs(search, SOME));
};
