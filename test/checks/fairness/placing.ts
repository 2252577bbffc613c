import type { MemberId } from '#domain/ids';
import type { OfferInput, RequestInput, RoundInputs } from '#matching/round-inputs';
import type { Pair } from './gates';

/** What a round would bring together: one offer, and those who learn. */
export interface Proposal {
  readonly offer: OfferInput;
  readonly requests: readonly RequestInput[];
}

interface OpenProposal extends Proposal {
  readonly requests: RequestInput[];
}

const hasTimeFor = ({ offer, requests }: Proposal, request: RequestInput): boolean => {
  const all = [offer, ...requests, request].map(({ availability }) => availability).filter((half) => half.length > 0);
  return all.length === 0 || all[0]!.some((half) => all.every((each) => each.includes(half)));
};

const canJoin = (proposal: Proposal, request: RequestInput): boolean =>
  proposal.requests.length < proposal.offer.largestGroup &&
  proposal.requests.every(({ memberId }) => memberId !== request.memberId) &&
  hasTimeFor(proposal, request);

/** R11: how many groups each giver may still take on. */
export const roomOf = ({ givers }: RoundInputs): Map<MemberId, number> =>
  new Map(givers.map(({ memberId, capacity, openEngagements }) => [memberId, capacity - openEngagements]));

/** Takes pairs as they come: a request in its first that has room. What stays below its smallest group is let go. */
export const placed = (inputs: RoundInputs, inOrder: readonly Pair[]): readonly Proposal[] => {
  const room = roomOf(inputs);
  const served = new Set<string>();
  const open = new Map<string, OpenProposal[]>();
  for (const { offer, request } of inOrder) {
    if (served.has(request.requestId)) continue;
    const own = open.get(offer.offerId) ?? [];
    const joined = own.find((proposal) => canJoin(proposal, request));
    const left = room.get(offer.memberId) ?? 0;
    if (!joined && left <= 0) continue;
    if (joined) joined.requests.push(request);
    else {
      room.set(offer.memberId, left - 1);
      open.set(offer.offerId, [...own, { offer, requests: [request] }]);
    }
    served.add(request.requestId);
  }
  return [...open.values()].flat().filter(({ offer, requests }) => requests.length >= offer.smallestGroup);
};
