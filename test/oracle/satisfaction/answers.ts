import type { EventId, Instant } from '#kernel/id';
import type { ExchangeId, MemberId } from '#domain/ids';
import type { EvaluationForm } from '#domain/exchange/exchange.events';
import type { ExchangeRole } from '#domain/vocabulary';
import { homeFacts, homeOf } from '../facts/membership';
import { ofType, type Fact, type FactOf } from '../facts/question';

/** What is asked of these facts, and in which cell. */
export interface CellQuestion {
  readonly facts: readonly Fact[];
  readonly cell: string;
}

/** Somebody who acted in an exchange, and when that was known: their cells are those of then. */
export interface Participation {
  readonly exchangeId: ExchangeId;
  readonly memberId: MemberId;
  readonly role: ExchangeRole | null;
  readonly known: Instant;
}

const homesBy = (facts: readonly Fact[], { memberId, known }: Participation) =>
  homeFacts(facts, [memberId]).filter(({ meta }) => meta.recordedAt <= known);

const agreementOf = (facts: readonly Fact[], exchangeId: ExchangeId) =>
  ofType(facts, 'ExchangeAgreed').filter(({ data }) => data.exchangeId === exchangeId);

/** By their own site, unit or role of then, or by the topic of the exchange. */
export const isIn = ({ facts, cell }: CellQuestion, place: Participation): boolean => {
  const [dimension, code] = cell.split(/:(.*)/s);
  if (dimension === 'role') return place.role === code;
  if (dimension === 'topic') return agreementOf(facts, place.exchangeId)[0]?.data.topicUri === code;
  if (dimension !== 'site' && dimension !== 'unit') return true;
  return homeOf(homesBy(facts, place), place.memberId)?.[dimension] === code;
};

/** What tells whether somebody is in the cell. */
export const placeFacts = ({ facts, cell }: CellQuestion, place: Participation): readonly Fact[] => {
  if (cell.startsWith('topic:')) return agreementOf(facts, place.exchangeId);
  return /^(site|unit):/.test(cell) ? homesBy(facts, place) : [];
};

/** One evaluation that was due when its exchange was closed: answered or missed. */
export interface Due extends Participation {
  readonly role: ExchangeRole;
  readonly closed: FactOf<'ExchangeClosed'>;
  /** As it stood when it was unsealed: the last amendment counts (R13). */
  readonly answer: FactOf<'EvaluationSubmitted' | 'EvaluationAmended'> | null;
}

const dueAt = (facts: readonly Fact[], closed: FactOf<'ExchangeClosed'>): readonly Due[] => {
  const { exchangeId, submitted, missed } = closed.data;
  const written = ofType(facts, 'EvaluationSubmitted', 'EvaluationAmended').filter(({ data }) => data.exchangeId === exchangeId);
  const known = closed.meta.recordedAt;
  return [
    ...submitted.map(({ memberId, role }) => {
      const answer = written.findLast(({ data }) => data.memberId === memberId && data.role === role) ?? null;
      return { exchangeId, memberId, role, known, closed, answer };
    }),
    ...missed.map(({ memberId, role }) => ({ exchangeId, memberId, role, known, closed, answer: null })),
  ];
};

/** Sealed until the exchange is closed, whoever answered before (R13). */
export const dueIn = (facts: readonly Fact[]): readonly Due[] => ofType(facts, 'ExchangeClosed').flatMap((closed) => dueAt(facts, closed));

export interface Answered extends Due {
  readonly form: EvaluationForm;
}

export const answeredOf = (due: readonly Due[]): readonly Answered[] =>
  due.flatMap((one) => (one.answer ? [{ ...one, form: one.answer.data.form }] : []));

/** The final version of each answer that is unsealed: no other may be shown in any way. */
export const unsealedAnswers = (facts: readonly Fact[]): ReadonlySet<EventId> =>
  new Set(dueIn(facts).flatMap(({ answer }) => answer?.meta.eventId ?? []));
