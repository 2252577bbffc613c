import { AcceptMatch } from '#application/match/accept-match';
import { DeclineMatch, DeclineMatchDto } from '#application/match/decline-match';
import { ForbidPair, ForbidPairDto } from '#application/network/forbid-pair';
import type { MatchId, MemberId } from '#domain/ids';
import { LiftPair, LiftPairDto } from '#application/network/lift-pair';
import { as, dto, type Reactions, type Simulation } from '../simulation';

const ANSWERS = [
  [86, 'accept'],
  [7, 'decline'],
  [7, 'silence'],
] as const;
const REASONS = [
  [47, 'no-time'],
  [37, 'not-what-i-seek'],
  [16, 'other'],
] as const;

const isOpenFor = (simulation: Simulation, matchId: MatchId, memberId: MemberId): boolean => {
  const match = simulation.world.matches.get(matchId);
  return match?.status === 'opened' && match.participants.some((one) => one.memberId === memberId);
};

const answer = (simulation: Simulation, matchId: MatchId, memberId: MemberId): void => {
  const random = simulation.random(`answer ${matchId} ${memberId}`);
  const choice = random.weighed(ANSWERS);
  if (choice === 'silence') return;
  const reason = simulation.rarely(random, 0.05, 'PairForbidden') ? 'rather-not-with' : random.weighed(REASONS);
  simulation.after(random.between(0.3, 8), async () => {
    if (!isOpenFor(simulation, matchId, memberId)) return;
    await simulation.give(as(memberId), (envelope) =>
      choice === 'accept' ? new AcceptMatch(envelope, matchId) : new DeclineMatch(envelope, matchId, dto(DeclineMatchDto, { reason })),
    );
  });
};

/** Two who would rather not meet again; some make it up in a month. */
const keepApart = async (simulation: Simulation, one: MemberId, other: MemberId): Promise<void> => {
  const pair = { one, other };
  const forbidden = dto(ForbidPairDto, { ...pair, reason: 'Demande d’une des deux personnes.' });
  if (!(await simulation.give(simulation.staff.facilitator, (envelope) => new ForbidPair(envelope, forbidden)))) return;
  if (simulation.world.counts.has('PairAllowed') && !simulation.random(`lift ${one} ${other}`).yes(0.3)) return;
  const lifted = dto(LiftPairDto, { ...pair, reason: 'Les deux personnes le souhaitent.' });
  simulation.after(
    30,
    async () => void (await simulation.give(simulation.staff.facilitator, (envelope) => new LiftPair(envelope, lifted))),
  );
};

export const answeringReactions: Reactions = {
  MatchOpened: (simulation, { data }) => {
    for (const { memberId } of data.participants) if (!data.accepted.includes(memberId)) answer(simulation, data.matchId, memberId);
  },
  /** A facilitator may see to it. */
  MatchDeclined: (simulation, { data }) => {
    const other = data.participants.find(({ memberId }) => memberId !== data.memberId);
    if (data.reason !== 'rather-not-with' || !other) return;
    if (simulation.world.counts.has('PairForbidden') && !simulation.random(`forbid ${data.matchId}`).yes(0.3)) return;
    simulation.after(1, () => keepApart(simulation, data.memberId, other.memberId));
  },
};
