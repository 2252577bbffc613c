import { AcceptMatch } from '#application/match/accept-match';
import { DeclineMatch, DeclineMatchDto } from '#application/match/decline-match';
import { ForbidPair, ForbidPairDto } from '#application/network/forbid-pair';
import type { MatchId, MemberId } from '#domain/ids';
import { LiftPair, LiftPairDto } from '#application/network/lift-pair';
import { as, dto, type Reactions, type Stage } from '../stage';

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

const isOpenFor = (stage: Stage, matchId: MatchId, memberId: MemberId): boolean => {
  const match = stage.book.matches.get(matchId);
  return match?.status === 'opened' && match.participants.some((one) => one.memberId === memberId);
};

const answer = (stage: Stage, matchId: MatchId, memberId: MemberId): void => {
  const chance = stage.chance(`answer ${matchId} ${memberId}`);
  const choice = chance.weighed(ANSWERS);
  if (choice === 'silence') return;
  const reason = stage.rarely(chance, 0.05, 'PairForbidden') ? 'rather-not-with' : chance.weighed(REASONS);
  stage.after(chance.between(0.3, 8), async () => {
    if (!isOpenFor(stage, matchId, memberId)) return;
    await stage.give(as(memberId), (envelope) =>
      choice === 'accept' ? new AcceptMatch(envelope, matchId) : new DeclineMatch(envelope, matchId, dto(DeclineMatchDto, { reason })),
    );
  });
};

/** Two who would rather not meet again; some make it up in a month. */
const keepApart = async (stage: Stage, one: MemberId, other: MemberId): Promise<void> => {
  const pair = { one, other };
  const forbidden = dto(ForbidPairDto, { ...pair, reason: 'Demande d’une des deux personnes.' });
  if (!(await stage.give(stage.staff.facilitator, (envelope) => new ForbidPair(envelope, forbidden)))) return;
  if (stage.book.counts.has('PairAllowed') && !stage.chance(`lift ${one} ${other}`).yes(0.3)) return;
  const lifted = dto(LiftPairDto, { ...pair, reason: 'Les deux personnes le souhaitent.' });
  stage.after(30, async () => void (await stage.give(stage.staff.facilitator, (envelope) => new LiftPair(envelope, lifted))));
};

export const answeringReactions: Reactions = {
  MatchOpened: (stage, { data }) => {
    for (const { memberId } of data.participants) if (!data.accepted.includes(memberId)) answer(stage, data.matchId, memberId);
  },
  /** A facilitator may see to it. */
  MatchDeclined: (stage, { data }) => {
    const other = data.participants.find(({ memberId }) => memberId !== data.memberId);
    if (data.reason !== 'rather-not-with' || !other) return;
    if (stage.book.counts.has('PairForbidden') && !stage.chance(`forbid ${data.matchId}`).yes(0.3)) return;
    stage.after(1, () => keepApart(stage, data.memberId, other.memberId));
  },
};
