import { AcceptCharter, AcceptCharterDto } from '#application/member/accept-charter';
import { ApplyOnBehalf, ApplyOnBehalfDto } from '#application/member/apply-on-behalf';
import { EnrolMember, EnrolMemberDto } from '#application/member/enrol-member';
import type { MemberId } from '#domain/ids';
import type { Chance } from '../seeded-random';
import type { DemoPerson } from '../people';
import { as, dto, type Reactions, type Stage } from '../stage';

const COUNTS = [
  [50, 1],
  [35, 2],
  [15, 3],
] as const;

const sidesOf = (stage: Stage, person: DemoPerson, chance: Chance) => ({
  offers: Array.from({ length: chance.weighed(COUNTS) }, () => stage.catalogue.offer(person, chance)),
  requests: Array.from({ length: chance.weighed(COUNTS) }, () => stage.catalogue.request(person, chance)),
});

const profileOf = ({ name, email, site, unit, languages }: DemoPerson) => ({ name, email, site, unit, languages });

type Sides = ReturnType<typeof sidesOf>;

/** Whoever read a charter that changed meanwhile reads the new one, and comes back. */
const enrolWith = async (stage: Stage, memberId: MemberId, given: Sides & { readonly profile?: object }): Promise<void> => {
  const fields = dto(EnrolMemberDto, { ...given, charterVersion: stage.book.charterVersion });
  if (await stage.give(as(memberId), (envelope) => new EnrolMember(envelope, fields))) return;
  if (stage.book.members.get(memberId)?.status !== 'gone') stage.after(0.5, () => enrolWith(stage, memberId, given));
};

/** R1: with both sides, by themselves. */
export const enrol = (stage: Stage, memberId: MemberId, person: DemoPerson): Promise<void> =>
  enrolWith(stage, memberId, { ...sidesOf(stage, person, stage.chance(`sides ${memberId}`)), profile: profileOf(person) });

/** R6: entered at a fair; the person confirms with the same words, or does not. */
export const enterAtFair = async (
  stage: Stage,
  { memberId, person, confirms }: { readonly memberId: MemberId; readonly person: DemoPerson; readonly confirms: boolean },
): Promise<void> => {
  const sides = sidesOf(stage, person, stage.chance(`sides ${memberId}`));
  const undeclared = <Content extends object>(content: Content): Content => ({ ...content, declaredProfessional: false });
  const entry = {
    subject: person.subject,
    profile: profileOf(person),
    entry: 'fair',
    offers: sides.offers.map(undeclared),
    requests: sides.requests.map(undeclared),
  };
  await stage.give(stage.staff.facilitator, (envelope) => new ApplyOnBehalf(envelope, dto(ApplyOnBehalfDto, entry)));
  if (!confirms) return;
  const days = Math.min(20, ((stage.untilMs - stage.nowMs()) / 86_400_000) * 0.7);
  stage.after(stage.chance(`confirms ${memberId}`).between(1, Math.max(1, days)), () => enrolWith(stage, memberId, sides));
};

export const charterReactions: Reactions = {
  /** Those who are in read the new charter in their own time; some never do. */
  CharterPublished: (stage, { data }) => {
    if (data.charterVersion === 1) return;
    for (const { memberId, status } of stage.book.members.values()) {
      const chance = stage.chance(`charter ${memberId}`);
      if (status !== 'enrolled' || !chance.yes(0.4)) continue;
      stage.after(chance.between(0, 30), async () => {
        if (stage.book.members.get(memberId)?.status !== 'enrolled') return;
        const fields = dto(AcceptCharterDto, { charterVersion: data.charterVersion });
        await stage.give(as(memberId), (envelope) => new AcceptCharter(envelope, memberId, fields));
      });
    }
  },
};
