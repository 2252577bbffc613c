import { apartIn, isBetter, loadOf, type Candidate, type Instance, type Worth } from './instance';

interface OpenGroup {
  readonly offer: number;
  readonly requests: number[];
  halfDays: number;
  ways: number;
}

/** Tries every way to put each request nowhere, into a group that is there, or into a new one. For up to about six requests. */
export const bestByTrying = (instance: Instance): Worth => {
  const { learners, offers, givers, candidates } = instance;
  const isApart = apartIn(instance);
  const byRequest = learners.map((_, request) => candidates.filter((candidate) => candidate.request === request));
  const groups: OpenGroup[] = [];
  const engagements = givers.map(() => 0);
  let best: Worth = { served: 0, cost: 0 };

  const settle = (paid: number): void => {
    if (groups.some(({ offer, requests }) => requests.length < (offers[offer]?.smallest ?? 1))) return;
    const cost = engagements.reduce((sum, number, giver) => sum + loadOf(instance, giver, number), paid);
    const worth = { served: groups.reduce((sum, { requests }) => sum + requests.length, 0), cost };
    if (isBetter(worth, best)) best = worth;
  };
  const join = (group: OpenGroup, { request, offer, cost, ...meeting }: Candidate, paid: number): void => {
    const { halfDays, ways } = group;
    if ((halfDays & meeting.halfDays) === 0 || (ways & meeting.ways) === 0) return;
    if (group.requests.length >= (offers[offer]?.largest ?? 0) || group.requests.some((other) => isApart(request, other))) return;
    group.requests.push(request);
    Object.assign(group, { halfDays: halfDays & meeting.halfDays, ways: ways & meeting.ways });
    place(request + 1, paid + cost);
    group.requests.pop();
    Object.assign(group, { halfDays, ways });
  };
  const found = ({ request, offer, cost, halfDays, ways }: Candidate, paid: number): void => {
    const giver = offers[offer]?.giver ?? 0;
    if (engagements[giver]! >= (givers[giver]?.capacity ?? 0)) return;
    engagements[giver]! += 1;
    groups.push({ offer, requests: [request], halfDays, ways });
    place(request + 1, paid + cost);
    groups.pop();
    engagements[giver]! -= 1;
  };
  const place = (request: number, paid: number): void => {
    if (request === learners.length) return settle(paid);
    place(request + 1, paid);
    for (const candidate of byRequest[request] ?? []) {
      for (const group of [...groups]) if (group.offer === candidate.offer) join(group, candidate, paid);
      found(candidate, paid);
    }
  };
  place(0, 0);
  return best;
};
