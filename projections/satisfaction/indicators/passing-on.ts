import type { Instant } from '#kernel/id';
import { addMonths } from '#domain/calendar';
import { type FigureContribution, contribution, cellsOf, type ExchangeFacts, type Sources } from '../contribution';
import { type Dated, type Fact, factsOf } from '../satisfaction.facts';

interface Held {
  readonly exchange: ExchangeFacts;
  readonly held: Fact<'exchange', 'ExchangeHeld'>;
}

/** As recorded, so that what comes late changes no answer already given (R15). */
const heldInOrder = (exchanges: readonly ExchangeFacts[]): readonly Held[] =>
  exchanges
    .flatMap((exchange) =>
      factsOf(exchange.facts, 'ExchangeHeld')
        .slice(0, 1)
        .map((held) => ({ exchange, held })),
    )
    .sort((one, other) => (one.held.rec < other.held.rec ? -1 : 1));

const inRole = (all: readonly Held[], role: 'giver' | 'learner'): ReadonlyMap<string, readonly Held[]> => {
  const byMember = new Map<string, Held[]>();
  for (const each of all) {
    for (const { memberId } of each.held.present.filter((present) => present.role === role)) {
      const list = byMember.get(memberId);
      if (list === undefined) byMember.set(memberId, [each]);
      else list.push(each);
    }
  }
  return byMember;
};

const giftWithin = (gifts: readonly Held[], after: Instant, known: Instant): Held | undefined =>
  gifts.find(({ held }) => after <= held.at && held.at <= addMonths(after, 12) && held.rec <= known);

/** Learners who give within 12 months after their first receipt ÷ learners whose first receipt lies in the previous T. */
export const passingOn = (sources: Sources): readonly FigureContribution[] => {
  const all = heldInOrder(sources.exchanges);
  const gifts = inRole(all, 'giver');
  return [...inRole(all, 'learner')].flatMap(([learner, [first]]) => {
    if (first === undefined) return [];
    const { held, exchange } = first;
    const stay = sources.weeks.inYearBefore(held.at, [held.rec]);
    const gift = giftWithin(gifts.get(learner) ?? [], held.at, sources.weeks.ends[stay.from] ?? held.at);
    return contribution(stay, {
      authors: [learner],
      judged: held.present.map(({ memberId }) => memberId as string).filter((person) => person !== learner),
      cells: cellsOf(sources.members, { persons: [learner], known: held.rec, topicUri: exchange.topicUri }),
      evidence: gift === undefined ? [held] : [held, gift.held],
      placed: { persons: [learner], known: held.rec, exchange },
      ...{ hits: gift === undefined ? 0 : 1, of: 1 },
    });
  });
};

/** A receipt is the first one by all that were held before, and which receipts wait to be published depends on all of them: the whole history. */
export const historyOf = ({ exchanges, members, weeks }: Sources): readonly Dated[] => [
  ...exchanges.flatMap(({ facts }) => [...factsOf(facts, 'ExchangeAgreed'), ...factsOf(facts, 'ExchangeHeld')]),
  ...members.enrolmentEvidence(weeks.ends.at(-1) ?? ('' as Instant)),
];
