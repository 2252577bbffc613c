import { ApproveErasure } from '#application/member/approve-erasure';
import { AskForErasure } from '#application/member/ask-for-erasure';
import { ChangeProfile, ChangeProfileDto } from '#application/member/change-profile';
import { DeferErasure, DeferErasureDto } from '#application/member/defer-erasure';
import { LeaveNetwork, LeaveNetworkDto } from '#application/member/leave-network';
import { PauseMembership, PauseMembershipDto } from '#application/member/pause-membership';
import { ResumeMembership } from '#application/member/resume-membership';
import { SetCapacity, SetCapacityDto } from '#application/member/set-capacity';
import type { MemberId } from '#domain/ids';
import type { SeededRandom } from '../seeded-random';
import { units } from '../people';
import { as, atDays, dto, type Reactions, type Simulation } from '../simulation';

const standing = (simulation: Simulation, memberId: MemberId): boolean =>
  ['enrolled', 'suspended'].includes(simulation.world.members.get(memberId)?.status ?? '');

const pause = (simulation: Simulation, memberId: MemberId, random: SeededRandom): void => {
  const days = random.between(10, 45);
  simulation.after(random.between(5, 250), async () => {
    if (simulation.world.members.get(memberId)?.status !== 'enrolled') return;
    const fields = dto(PauseMembershipDto, { until: atDays(simulation, days) });
    await simulation.give(as(memberId), (envelope) => new PauseMembership(envelope, memberId, fields));
    // Half of them are back before.
    if (!random.yes(0.5)) return;
    simulation.after(days * 0.7, async () => {
      if (simulation.world.members.get(memberId)?.status === 'paused')
        await simulation.give(as(memberId), (envelope) => new ResumeMembership(envelope, memberId));
    });
  });
};

const changeUnit = (simulation: Simulation, memberId: MemberId, random: SeededRandom): void =>
  simulation.after(random.between(20, 200), async () => {
    const person = simulation.people.get(memberId);
    if (!person || !standing(simulation, memberId)) return;
    const { name, email, site, languages } = person;
    const fields = dto(ChangeProfileDto, { profile: { name, email, site, unit: random.of(units), languages } });
    await simulation.give(as(memberId), (envelope) => new ChangeProfile(envelope, memberId, fields));
  });

const leave = async (simulation: Simulation, memberId: MemberId, reason: string | null): Promise<void> => {
  if (standing(simulation, memberId) && !simulation.world.mediators.has(memberId))
    await simulation.give(as(memberId), (envelope) => new LeaveNetwork(envelope, memberId, dto(LeaveNetworkDto, { reason })));
};

const approve = (simulation: Simulation, memberId: MemberId): Promise<boolean> =>
  simulation.give(simulation.staff.secondProtection, (envelope) => new ApproveErasure(envelope, memberId));

/** The first who leaves asks for it themself, two persons see to it; for the second it is asked, and waits for a legal hold. */
const erasure = (simulation: Simulation, memberId: MemberId, leaver: number): void => {
  if (leaver === 1) {
    simulation.after(2, async () => void (await simulation.give(as(memberId), (envelope) => new AskForErasure(envelope, memberId))));
    simulation.after(6, async () => void (await approve(simulation, memberId)));
  }
  if (leaver !== 2) return;
  simulation.after(1, async () => {
    await simulation.give(simulation.staff.protection, (envelope) => new AskForErasure(envelope, memberId));
    const fields = dto(DeferErasureDto, { until: atDays(simulation, 20) });
    await simulation.give(simulation.staff.protection, (envelope) => new DeferErasure(envelope, memberId, fields));
  });
  simulation.after(24, async () => void (await approve(simulation, memberId)));
};

export const membershipReactions: Reactions = {
  MemberEnrolled: (simulation, { data: { memberId } }) => {
    const random = simulation.random(`member ${memberId}`);
    if (random.yes(0.12)) {
      const fields = dto(SetCapacityDto, { capacity: random.of([1, 3, 3, 4]) });
      simulation.after(
        random.between(0.5, 20),
        async () => void (await simulation.give(as(memberId), (envelope) => new SetCapacity(envelope, memberId, fields))),
      );
    }
    if (random.yes(0.05)) changeUnit(simulation, memberId, random);
    if (random.yes(0.1)) pause(simulation, memberId, random);
    if (random.yes(0.06))
      simulation.after(random.between(20, 330), () => leave(simulation, memberId, random.yes(0.4) ? 'Changement de poste.' : null));
  },
  MemberLeft: (simulation, { data: { memberId } }) => erasure(simulation, memberId, simulation.world.counts.get('MemberLeft') ?? 0),
};
