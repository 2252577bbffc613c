import { ApproveErasure } from '#application/member/approve-erasure';
import { AskForErasure } from '#application/member/ask-for-erasure';
import { ChangeProfile, ChangeProfileDto } from '#application/member/change-profile';
import { DeferErasure, DeferErasureDto } from '#application/member/defer-erasure';
import { LeaveNetwork, LeaveNetworkDto } from '#application/member/leave-network';
import { PauseMembership, PauseMembershipDto } from '#application/member/pause-membership';
import { ResumeMembership } from '#application/member/resume-membership';
import { SetCapacity, SetCapacityDto } from '#application/member/set-capacity';
import type { MemberId } from '#domain/ids';
import type { Chance } from '../seeded-random';
import { units } from '../people';
import { as, atDays, dto, type Reactions, type Stage } from '../stage';

const standing = (stage: Stage, memberId: MemberId): boolean =>
  ['enrolled', 'suspended'].includes(stage.book.members.get(memberId)?.status ?? '');

const pause = (stage: Stage, memberId: MemberId, chance: Chance): void => {
  const days = chance.between(10, 45);
  stage.after(chance.between(5, 250), async () => {
    if (stage.book.members.get(memberId)?.status !== 'enrolled') return;
    const fields = dto(PauseMembershipDto, { until: atDays(stage, days) });
    await stage.give(as(memberId), (envelope) => new PauseMembership(envelope, memberId, fields));
    // Half of them are back before.
    if (!chance.yes(0.5)) return;
    stage.after(days * 0.7, async () => {
      if (stage.book.members.get(memberId)?.status === 'paused')
        await stage.give(as(memberId), (envelope) => new ResumeMembership(envelope, memberId));
    });
  });
};

const changeUnit = (stage: Stage, memberId: MemberId, chance: Chance): void =>
  stage.after(chance.between(20, 200), async () => {
    const person = stage.people.get(memberId);
    if (!person || !standing(stage, memberId)) return;
    const { name, email, site, languages } = person;
    const fields = dto(ChangeProfileDto, { profile: { name, email, site, unit: chance.of(units), languages } });
    await stage.give(as(memberId), (envelope) => new ChangeProfile(envelope, memberId, fields));
  });

const leave = async (stage: Stage, memberId: MemberId, reason: string | null): Promise<void> => {
  if (standing(stage, memberId) && !stage.book.mediators.has(memberId))
    await stage.give(as(memberId), (envelope) => new LeaveNetwork(envelope, memberId, dto(LeaveNetworkDto, { reason })));
};

const approve = (stage: Stage, memberId: MemberId): Promise<boolean> =>
  stage.give(stage.staff.secondProtection, (envelope) => new ApproveErasure(envelope, memberId));

/** The first who leaves asks for it themself, two persons see to it; for the second it is asked, and waits for a legal hold. */
const erasure = (stage: Stage, memberId: MemberId, leaver: number): void => {
  if (leaver === 1) {
    stage.after(2, async () => void (await stage.give(as(memberId), (envelope) => new AskForErasure(envelope, memberId))));
    stage.after(6, async () => void (await approve(stage, memberId)));
  }
  if (leaver !== 2) return;
  stage.after(1, async () => {
    await stage.give(stage.staff.protection, (envelope) => new AskForErasure(envelope, memberId));
    const fields = dto(DeferErasureDto, { until: atDays(stage, 20) });
    await stage.give(stage.staff.protection, (envelope) => new DeferErasure(envelope, memberId, fields));
  });
  stage.after(24, async () => void (await approve(stage, memberId)));
};

export const membershipReactions: Reactions = {
  MemberEnrolled: (stage, { data: { memberId } }) => {
    const chance = stage.chance(`member ${memberId}`);
    if (chance.yes(0.12)) {
      const fields = dto(SetCapacityDto, { capacity: chance.of([1, 3, 3, 4]) });
      stage.after(
        chance.between(0.5, 20),
        async () => void (await stage.give(as(memberId), (envelope) => new SetCapacity(envelope, memberId, fields))),
      );
    }
    if (chance.yes(0.05)) changeUnit(stage, memberId, chance);
    if (chance.yes(0.1)) pause(stage, memberId, chance);
    if (chance.yes(0.06))
      stage.after(chance.between(20, 330), () => leave(stage, memberId, chance.yes(0.4) ? 'Changement de poste.' : null));
  },
  MemberLeft: (stage, { data: { memberId } }) => erasure(stage, memberId, stage.book.counts.get('MemberLeft') ?? 0),
};
