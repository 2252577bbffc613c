import type { Instant, PastOrNow } from '#kernel/id';
import type { Query } from '@nestjs/cqrs';
import type { RecordedEvent } from '#event-store/codec.port';
import { published, type Figure as RiskFigure } from '#projections/risk/figure';
import { evaluationGap } from '#projections/risk/indicators/evaluation-gap';
import type { Operand } from '#projections/risk/operand';
import { evaluateRisks } from '#projections/risk/risk-evaluation';
import { RiskExplanation } from '#projections/risk/risk-explanation.queries';
import type { RiskRow } from '#projections/risk/risk.projection';
import { RiskAt, RiskEvidence } from '#projections/risk/risk.queries';
import { riskModel } from '#projections/risk/risk.table';
import { viewOf } from '#projections/risk/view/view';
import { type CountedPersons, dimensions, figuresAsOf, type FiguresAsOf, type SatisfactionFigure } from '#projections/satisfaction/figures';
import { SatisfactionExplanation } from '#projections/satisfaction/satisfaction-explanation.queries';
import type { SatisfactionRow } from '#projections/satisfaction/satisfaction.projection';
import { SatisfactionAt, SatisfactionEvidence } from '#projections/satisfaction/satisfaction.queries';
import { satisfactionModel } from '#projections/satisfaction/satisfaction.table';
import { foldInMemory } from '#read-store/fold/in-memory-fold';

export interface RiskAnswer {
  readonly figure: RiskFigure;
  readonly operands: readonly Operand[];
  readonly eventIds: readonly string[];
}

export interface SatisfactionAnswer {
  readonly figure: SatisfactionFigure;
  readonly counted: CountedPersons | null;
  readonly eventIds: readonly string[];
}

/** Every figure of both dashboards as of a date, each with all that is behind it. */
export interface Answers {
  readonly risk: readonly RiskAnswer[];
  readonly satisfaction: readonly SatisfactionAnswer[];
}

/** Whoever answers: an installation's queries, or a fold in this process. */
export type AnswersAt = (asOf: Instant) => Promise<Answers>;

interface Asks {
  execute<T>(query: Query<T>): Promise<T>;
}

const WHOLE = { limit: 1_000_000 };

/** As the API asks them. */
export const queriedAnswers =
  (bus: Asks, networkId: string): AnswersAt =>
  async (at) => {
    // Each date of a check lies in the past.
    const asOf = at as PastOrNow;
    const [risk, satisfaction]: [RiskAnswer[], SatisfactionAnswer[]] = [[], []];
    for (const figure of (await bus.execute(new RiskAt(networkId, asOf))).figures) {
      const { eventIds } = await bus.execute(new RiskEvidence(networkId, asOf, figure, WHOLE));
      risk.push({ figure, eventIds, operands: (await bus.execute(new RiskExplanation(networkId, asOf, figure))).operands });
    }
    for (const dimension of dimensions)
      for (const figure of (await bus.execute(new SatisfactionAt(networkId, asOf, dimension))).figures) {
        const of = { indicator: figure.indicator, cell: figure.cell };
        const { eventIds } = await bus.execute(new SatisfactionEvidence(networkId, asOf, of, WHOLE));
        satisfaction.push({ figure, eventIds, counted: (await bus.execute(new SatisfactionExplanation(networkId, asOf, of))).counted });
      }
    return { risk, satisfaction };
  };

const rowsOf = <Row>(model: typeof riskModel | typeof satisfactionModel, events: readonly RecordedEvent[]): readonly Row[] =>
  [...foldInMemory(model, events).rows.values()] as readonly Row[];

const satisfactionOf = (answers: FiguresAsOf): readonly SatisfactionAnswer[] =>
  dimensions.flatMap((dimension) =>
    answers.figures(dimension).map((figure) => ({
      figure,
      eventIds: answers.evidenceOf(figure).map(({ id }) => id),
      counted: answers.countedIn(figure),
    })),
  );

const gapOf = (answers: FiguresAsOf, events: readonly RecordedEvent[]) => {
  const closings = answers.evidenceOf({ indicator: 'responseRate', cell: 'network', closings: true });
  const closed = events.filter((event) => event.type === 'ExchangeClosed' && closings.some(({ id }) => id === event.meta.eventId));
  const total = (of: 'missed' | 'submitted'): number =>
    closed.reduce((sum, { data }) => sum + (data as Readonly<Record<typeof of, readonly unknown[]>>)[of].length, 0);
  return closings.length === 0 ? null : { missed: total('missed'), due: total('missed') + total('submitted'), closings };
};

/** The same folds and formulas without tables: what a planted bug is tried on. */
export const foldedAnswers = (events: readonly RecordedEvent[]): AnswersAt => {
  const risk = rowsOf<RiskRow>(riskModel, events);
  const satisfaction = rowsOf<SatisfactionRow>(satisfactionModel, events);
  return (asOf) => {
    const [view, answers] = [viewOf(risk, asOf), figuresAsOf(satisfaction, asOf)];
    const figures = [...evaluateRisks(view), evaluationGap(gapOf(answers, events), view)];
    return Promise.resolve({
      risk: figures.map((figure) => ({
        figure: published(figure),
        operands: figure.operands(),
        eventIds: figure.evidence().map(({ id }) => id),
      })),
      satisfaction: satisfactionOf(answers),
    });
  };
};
