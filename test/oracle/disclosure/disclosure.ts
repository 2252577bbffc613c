import type { EventId, Instant } from '#kernel/id';
import type { MemberId } from '#domain/ids';
import { ofType, type Fact } from '../facts/question';
import { distinct } from '../facts/sets';
import { answeredOf, dueIn, isIn, type Answered } from '../satisfaction/answers';

/** R15: fewer authors, or fewer persons judged, are told of in no way. */
const LEAST = 5;

const answersIn = (facts: readonly Fact[], cell: string): readonly Answered[] =>
  answeredOf(dueIn(facts)).filter((one) => isIn({ facts, cell }, one));

const judgedBy = (facts: readonly Fact[], answers: readonly Answered[]): readonly MemberId[] => {
  const due = dueIn(facts);
  return distinct(
    answers.flatMap(({ exchangeId, memberId }) =>
      due.filter((other) => other.exchangeId === exchangeId && other.memberId !== memberId).map((other) => other.memberId),
    ),
  );
};

/** Whether a cell has so few unsealed evaluations that no figure of them may be shown. */
export const isTooFew = (facts: readonly Fact[], cell: string): boolean => {
  const answers = answersIn(facts, cell);
  return distinct(answers.map(({ memberId }) => memberId)).length < LEAST || judgedBy(facts, answers).length < LEAST;
};

/** A figure as it was published: whose answers are in it. */
export interface Published {
  readonly name: string;
  readonly eventIds: readonly EventId[];
}

const ANSWERS = ['EvaluationSubmitted', 'EvaluationAmended', 'FollowUpSubmitted'] as const;

/** R15: pairs of figures that differ by the answers of one to four persons. */
export const tellingPairs = (facts: readonly Fact[], published: readonly Published[]): readonly string[] => {
  const authors = new Map(ofType(facts, ...ANSWERS).map(({ meta, data }) => [meta.eventId, data.memberId]));
  const answers = published.map(({ name, eventIds }) => ({ name, ids: new Set(eventIds.filter((id) => authors.has(id))) }));
  return answers.flatMap((one, index) =>
    answers.slice(index + 1).flatMap((other) => {
      const apart = [...[...one.ids].filter((id) => !other.ids.has(id)), ...[...other.ids].filter((id) => !one.ids.has(id))];
      const persons = new Set(apart.map((id) => authors.get(id))).size;
      return persons > 0 && persons < LEAST ? [`${one.name} and ${other.name} differ by ${persons}`] : [];
    }),
  );
};

/** R15: a figure moves at the end of a week alone: on a Monday's first instant, where the network is. */
export const isWeekEnd = (at: Instant, timeZone: string): boolean => {
  const clock = new Intl.DateTimeFormat('en-GB', { timeZone, weekday: 'short', hour: '2-digit', minute: '2-digit', second: '2-digit' });
  return clock.format(new Date(at)).replace(',', '') === 'Mon 00:00:00';
};
