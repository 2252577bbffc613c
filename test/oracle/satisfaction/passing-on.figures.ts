import type { Instant } from '#kernel/id';
import type { MemberId } from '#domain/ids';
import type { ExchangeRole } from '#domain/vocabulary';
import { idsOf } from '../facts/figure';
import { monthsBefore, ofType, type Fact, type FactOf } from '../facts/question';
import { wilson } from '../facts/statistics';
import type { ShareFigure } from './share';

const heldWith = (facts: readonly Fact[], memberId: MemberId, role: ExchangeRole): readonly FactOf<'ExchangeHeld'>[] =>
  ofType(facts, 'ExchangeHeld').filter(({ data }) => data.present.some((one) => one.memberId === memberId && one.role === role));

/** As it was held: what is corrected or told later changes no figure of before (R15). */
const firstReceipt = (facts: readonly Fact[], memberId: MemberId): Instant | undefined =>
  heldWith(facts, memberId, 'learner')[0]?.meta.occurredAt;

const gaveWithinAYear = (facts: readonly Fact[], memberId: MemberId, first: Instant): boolean =>
  heldWith(facts, memberId, 'giver').some(({ meta }) => meta.occurredAt >= first && monthsBefore(meta.occurredAt, 12) <= first);

/** Of these learners, whose first receipt is long enough ago: who gave within 12 months. Which of them are told is R15's to say. */
export const passingOn = (facts: readonly Fact[], learners: readonly MemberId[], movedAt: Instant): ShareFigure => {
  const long = learners.flatMap((id) => {
    const first = firstReceipt(facts, id);
    return first !== undefined && first <= monthsBefore(movedAt, 12) ? [{ id, first }] : [];
  });
  const gave = long.filter(({ id, first }) => gaveWithinAYear(facts, id, first));
  return {
    ...{ value: long.length === 0 ? null : gave.length / long.length, numerator: gave.length, denominator: long.length, n: long.length },
    ...{ responseRate: null, interval: wilson(gave.length, long.length), people: long.map(({ id }) => id) },
    // a first receipt is the first beside all others alone, and so is a gift
    eventIds: idsOf([
      ...ofType(facts, 'ExchangeHeld', 'ExchangeAgreed', 'MemberEnrolled', 'ProfileChanged', 'ReciprocityRestored'),
      ...ofType(facts, 'MemberSuspended', 'MemberLeft', 'PersonalDataErased'),
    ]),
  };
};
