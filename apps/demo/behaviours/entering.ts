import { AcceptCharter, AcceptCharterDto } from '#application/member/accept-charter';
import { ApplyOnBehalf, ApplyOnBehalfDto } from '#application/member/apply-on-behalf';
import { EnrolMember, EnrolMemberDto } from '#application/member/enrol-member';
import type { MemberId } from '#domain/ids';
import type { SeededRandom } from '../seeded-random';
import type { DemoPerson } from '../people';
import { as, dto, type Reactions, type Simulation } from '../simulation';

const COUNTS = [
  [50, 1],
  [35, 2],
  [15, 3],
] as const;

const sidesOf = (simulation: Simulation, person: DemoPerson, random: SeededRandom) => ({
  offers: Array.from({ length: random.weighed(COUNTS) }, () => simulation.catalogue.offer(person, random)),
  requests: Array.from({ length: random.weighed(COUNTS) }, () => simulation.catalogue.request(person, random)),
});

const profileOf = ({ name, email, site, unit, languages }: DemoPerson) => ({ name, email, site, unit, languages });

type Sides = ReturnType<typeof sidesOf>;

/** Whoever read a charter that changed meanwhile reads the new one, and comes back. */
const enrolWith = async (simulation: Simulation, memberId: MemberId, given: Sides & { readonly profile?: object }): Promise<void> => {
  const fields = dto(EnrolMemberDto, { ...given, charterVersion: simulation.world.charterVersion });
  if (await simulation.give(as(memberId), (envelope) => new EnrolMember(envelope, fields))) return;
  if (simulation.world.members.get(memberId)?.status !== 'gone') simulation.after(0.5, () => enrolWith(simulation, memberId, given));
};

/** R1: with both sides, by themselves. */
export const enrol = (simulation: Simulation, memberId: MemberId, person: DemoPerson): Promise<void> =>
  enrolWith(simulation, memberId, { ...sidesOf(simulation, person, simulation.random(`sides ${memberId}`)), profile: profileOf(person) });

/** R6: entered at a fair; the person confirms with the same words, or does not. */
export const enterAtFair = async (
  simulation: Simulation,
  { memberId, person, confirms }: { readonly memberId: MemberId; readonly person: DemoPerson; readonly confirms: boolean },
): Promise<void> => {
  const sides = sidesOf(simulation, person, simulation.random(`sides ${memberId}`));
  const undeclared = <Content extends object>(content: Content): Content => ({ ...content, declaredProfessional: false });
  const entry = {
    subject: person.subject,
    profile: profileOf(person),
    entry: 'fair',
    offers: sides.offers.map(undeclared),
    requests: sides.requests.map(undeclared),
  };
  await simulation.give(simulation.staff.facilitator, (envelope) => new ApplyOnBehalf(envelope, dto(ApplyOnBehalfDto, entry)));
  if (!confirms) return;
  const days = Math.min(20, ((simulation.untilMs - simulation.nowMs()) / 86_400_000) * 0.7);
  simulation.after(simulation.random(`confirms ${memberId}`).between(1, Math.max(1, days)), () => enrolWith(simulation, memberId, sides));
};

export const charterReactions: Reactions = {
  /** Those who are in read the new charter in their own time; some never do. */
  CharterPublished: (simulation, { data }) => {
    if (data.charterVersion === 1) return;
    for (const { memberId, status } of simulation.world.members.values()) {
      const random = simulation.random(`charter ${memberId}`);
      if (status !== 'enrolled' || !random.yes(0.4)) continue;
      simulation.after(random.between(0, 30), async () => {
        if (simulation.world.members.get(memberId)?.status !== 'enrolled') return;
        const fields = dto(AcceptCharterDto, { charterVersion: data.charterVersion });
        await simulation.give(as(memberId), (envelope) => new AcceptCharter(envelope, memberId, fields));
      });
    }
  },
};
