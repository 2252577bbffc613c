import type { EntryAt } from '../view/entry';
import type { MemberAt } from '../view/member';
import type { RiskView } from '../view/view';

export interface ActiveGiver {
  readonly member: MemberAt;
  readonly offers: readonly EntryAt[];
}

/** Enrolled, with a published offer. */
export const activeGivers = ({ offers, population }: RiskView): readonly ActiveGiver[] => {
  const published = new Map<string, EntryAt[]>();
  for (const offer of offers.filter((each) => each.published))
    published.set(offer.memberId, [...(published.get(offer.memberId) ?? []), offer]);
  return population.flatMap((member) => {
    const own = published.get(member.id);
    return own === undefined ? [] : [{ member, offers: own }];
  });
};

/** Whoever published an offer once: enrolled still, or left out. */
export const authorsOf = ({ offers, members }: RiskView): readonly MemberAt[] =>
  [...new Set(offers.map(({ memberId }) => memberId))].flatMap((id) => members.get(id) ?? []);
