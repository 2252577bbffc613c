import type { PastOrNow } from '#kernel/id';
import type { Indicator as Risk } from '#projections/risk/figure';
import { RiskExplanation } from '#projections/risk/risk-explanation.queries';
import { RiskEvidence } from '#projections/risk/risk.queries';
import type { Indicator as Satisfaction } from '#projections/satisfaction/definitions';
import { SatisfactionExplanation } from '#projections/satisfaction/satisfaction-explanation.queries';
import { SatisfactionEvidence } from '#projections/satisfaction/satisfaction.queries';
import type { Cell, Row } from '../../output';
import type { Asks } from '../../show/show-base';
import { badData } from '../../usage';

export type FigureNamed =
  | { readonly dashboard: 'risk'; readonly indicator: Risk; readonly cell: string | null }
  | { readonly dashboard: 'satisfaction'; readonly indicator: Satisfaction; readonly cell: string };

export interface FigureQuestion {
  readonly network: string;
  readonly asOf: PastOrNow;
  readonly of: FigureNamed;
}

const row = (part: string, value: Cell, of = ''): Row => ({ part, of, value });

interface Head {
  readonly rules: readonly string[];
  readonly formula: string;
  readonly figure: { readonly hidden: boolean; readonly value?: number | null } | null;
}

/** @throws CliProblem where there is nothing to explain */
const headOf = ({ rules, formula, figure }: Head): readonly Row[] => {
  if (figure === null) throw badData('The network has no such cell at that date.');
  const value = figure.hidden ? 'hidden: too few persons (R15)' : (figure.value ?? 'nothing to divide by');
  return [row('rules', rules.join(' ')), row('formula', formula), row('value', value)];
};

const EVENTS = { limit: Number.MAX_SAFE_INTEGER - 1 };
const eventRows = (ids: readonly string[]): readonly Row[] => ids.map((id) => row('event', id));

/** Each operand, then each number and id that is in it. */
const explainedRisk = async (bus: Asks, { network, asOf }: FigureQuestion, of: FigureNamed & { dashboard: 'risk' }) => {
  const found = await bus.execute(new RiskExplanation(network, asOf, of));
  const { eventIds } = await bus.execute(new RiskEvidence(network, asOf, of, EVENTS));
  const operands = found.operands.flatMap(({ name, value, numbers, of: what, ids }) => [
    ...(value === null ? numbers.map((number) => row(name, number, 'a number')) : [row(name, value, 'in all')]),
    ...ids.map((id) => row(name, id, what)),
  ]);
  return [...headOf(found), ...operands, ...eventRows(eventIds)];
};

const explainedSatisfaction = async (bus: Asks, { network, asOf }: FigureQuestion, of: FigureNamed & { dashboard: 'satisfaction' }) => {
  const found = await bus.execute(new SatisfactionExplanation(network, asOf, of));
  const { eventIds } = await bus.execute(new SatisfactionEvidence(network, asOf, of, EVENTS));
  const { figure, counted } = found;
  const parts =
    figure === null || figure.hidden
      ? []
      : [row('numerator', figure.numerator, 'in all'), row('denominator', figure.denominator, 'in all')];
  const rate = counted && counted.due > 0 ? [row('due', counted.due, 'in all'), row('answered', counted.answered, 'in all')] : [];
  return [
    ...headOf(found),
    ...parts,
    ...rate,
    ...(counted?.persons ?? []).map((id) => row('counted', id, 'members')),
    ...eventRows(eventIds),
  ];
};

/** A figure down to its rules, formula, operands, people and events: a row each. @throws CliProblem where there is no such cell */
export const explained = (bus: Asks, question: FigureQuestion): Promise<readonly Row[]> =>
  question.of.dashboard === 'risk' ? explainedRisk(bus, question, question.of) : explainedSatisfaction(bus, question, question.of);
