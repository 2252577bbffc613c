import type { Attendee, EvaluationForm } from '#domain/exchange/exchange.events';
import type { CriterionId, ExchangeId, MemberId, OfferId, RequestId } from '#domain/ids';
import type { ExchangeRole, Participant } from '#domain/vocabulary';
import { figuresAsOf, type Dimension, type SatisfactionFigure } from '#projections/satisfaction/figures';
import type { Indicator } from '#projections/satisfaction/definitions';
import type { SatisfactionRow } from '#projections/satisfaction/satisfaction.projection';
import { satisfactionModel } from '#projections/satisfaction/satisfaction.table';
import { foldInMemory } from '#read-store/fold/in-memory-fold';
import { instant, storyteller } from '../histories/story';

export const member = (name: string): MemberId => name as MemberId;
const attendee = (name: string, role: ExchangeRole): Attendee => ({ memberId: member(name), role });
const places = (present: readonly Attendee[]): readonly Participant[] =>
  present.map(({ memberId, role }) =>
    role === 'giver'
      ? { memberId, role, offerId: `offer-${memberId}` as OfferId }
      : { memberId, role, requestId: `request-${memberId}` as RequestId },
  );

export interface Said {
  readonly overall?: number;
  readonly criteria?: readonly number[];
  readonly usable?: number;
  readonly again?: boolean;
}

export interface Exchanged {
  readonly on: string;
  readonly closed?: string;
  readonly giver: string;
  readonly learners: readonly string[];
  /** Who is missing here missed it. */
  readonly said: Readonly<Record<string, Said>>;
  readonly topicUri?: string | null;
}

const formOf = ({ overall = 5, criteria = [5], usable = 5, again = true }: Said, role: ExchangeRole): EvaluationForm => ({
  overall,
  criteria: criteria.map((score, index) => ({ criterionId: `c${index}` as CriterionId, score })),
  usable: role === 'learner' ? usable : null,
  again,
  comment: null,
});

/** Evaluations of a network told in a few words; as the events would tell them. */
export const evaluatedNetwork = () => {
  const { told, events } = storyteller();
  told('NetworkOpened', { timeZone: 'Europe/Paris' }, { on: '2024-01-01' });
  const enrolled = (names: readonly string[], { site = 'LYO', unit = 'MAIL', on = '2024-01-02' } = {}): void =>
    names.forEach((name) => told('MemberEnrolled', { memberId: member(name), site, unit }, { on, by: name }));
  const exchanged = (id: string, { on, closed = on, giver, learners, said, topicUri = null }: Exchanged): void => {
    const exchangeId = id as ExchangeId;
    const present = [attendee(giver, 'giver'), ...learners.map((name) => attendee(name, 'learner'))];
    told('ExchangeAgreed', { exchangeId, participants: places(present), topicUri }, { on });
    told('ExchangeHeld', { exchangeId, present, participants: places(present) }, { on });
    const submitted = present.filter(({ memberId }) => said[memberId] !== undefined);
    for (const { memberId, role } of submitted)
      told('EvaluationSubmitted', { exchangeId, memberId, role, form: formOf(said[memberId] ?? {}, role) }, { on, by: memberId });
    const missed = present.filter(({ memberId }) => said[memberId] === undefined);
    told('ExchangeClosed', { exchangeId, submitted, missed, outcome: missed.length === 0 ? 'all' : 'some' }, { on: closed });
  };
  /** Exchanges of two, both of whom answer. */
  const pairs = (as: string, n: number, { on, said = {}, topicUri = null }: { on: string; said?: Said; topicUri?: string | null }): void =>
    Array.from({ length: n }, (_, index) => index).forEach((index) => {
      const [giver, learner] = [`${as}g${index}`, `${as}l${index}`];
      exchanged(`${as}${index}`, { on, giver, learners: [learner], said: { [giver]: said, [learner]: said }, topicUri });
    });
  const rows = (): readonly SatisfactionRow[] => [...foldInMemory(satisfactionModel, events).rows.values()] as readonly SatisfactionRow[];
  const figures = (asOf: string, dimension: Dimension = 'network'): readonly SatisfactionFigure[] =>
    figuresAsOf(rows(), instant(asOf)).figures(dimension);
  const figure = (indicator: Indicator, asOf: string, cell = 'network'): SatisfactionFigure | undefined =>
    figures(asOf, cell.split(':', 1)[0] as Dimension).find((each) => each.indicator === indicator && each.cell === cell);
  return { told, events, enrolled, exchanged, pairs, rows, figures, figure };
};
