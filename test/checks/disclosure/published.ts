import { gapIn } from '#projections/evaluation-gap';
import { type FiguresAsOf, figuresAsOf, dimensions, type SatisfactionFigure } from '#projections/satisfaction/figures';
import { cellIn } from '#projections/satisfaction/cells';
import { definitions, type Indicator } from '#projections/satisfaction/definitions';
import { everyoneDue } from '#projections/satisfaction/indicators/evaluations';
import { releasesOf, type Releases } from '#domain/disclosure/releases';
import { addDays } from '#domain/calendar';
import type { FigureContribution } from '#projections/satisfaction/contribution';
import type { Aside, Population } from './population';
import type { Sum } from './attack';

/** What an auditor reads behind one figure, as the contributions that it was made of. */
const ballotsBehind = ({ contributions }: Population, told: string, ids: ReadonlySet<string>): Sum =>
  contributions.flatMap((contribution, number) => {
    const event = contribution.answer ?? contribution.evidence[0];
    return event !== undefined && ids.has(event.id) && contribution.cells.includes(told) ? [number] : [];
  });

type ShownFigure = Extract<SatisfactionFigure, { hidden: false }>;

const figuresIn = (answers: FiguresAsOf): readonly ShownFigure[] =>
  dimensions.flatMap((dimension) => answers.figures(dimension).flatMap((figure) => (figure.hidden ? [] : [figure])));

const ofEvaluations = (population: Population, answers: FiguresAsOf): readonly Sum[] =>
  figuresIn(answers).flatMap((figure): Sum[] => {
    const { contributions, counted } = definitions[figure.indicator];
    const told = cellIn(counted, figure.cell);
    if (contributions !== everyoneDue || told === null) return [];
    return [ballotsBehind(population, told, new Set(answers.evidenceOf(figure).map(({ id }) => id)))];
  });

/** The gap may be asked for at any moment: what it counts, by the closings that a network lead's figure rests on. */
const ofGap = ({ contributions }: Population, answers: FiguresAsOf): readonly Sum[] => {
  const gap = gapIn(answers.figures('network'));
  if (gap === null) return [];
  const closings = new Set(answers.evidenceOf({ indicator: 'responseRate', cell: 'network', closings: true }).map(({ id }) => id));
  const behind = contributions.flatMap(({ evidence }, number) => (closings.has(evidence.at(-1)!.id) ? [number] : []));
  const missed = behind.filter((number) => contributions[number]!.answer === undefined);
  if (gap.due !== behind.length || gap.missed !== missed.length) throw new Error('the gap counts others than those of its closings');
  return [behind];
};

const INDICATORS: Readonly<Record<Aside, readonly Indicator[]>> = {
  'follow-ups': ['usefulCold'],
  disputes: ['complaintsPer100', 'daysToSettle'],
  'passing on': ['passingOn'],
  'learner hours': ['learnerHoursPerMember'],
  'giver hours': ['giverHoursPerMember'],
};
export const asideNames = Object.keys(INDICATORS) as readonly Aside[];

/** Whether a figure says what its contributions come to: a median tells their number, hours their minutes, all others who is a hit. */
const isMadeOf = ({ indicator, n, numerator }: ShownFigure, contributions: readonly FigureContribution[]): boolean => {
  if (indicator === 'daysToSettle') return n === contributions.length;
  const hits = contributions.reduce((total, contribution) => total + contribution.hits, 0);
  return Math.abs(numerator! - (indicator.endsWith('HoursPerMember') ? hits / 60 : hits)) < 1e-6;
};

interface Week {
  readonly week: number;
  readonly figures: readonly ShownFigure[];
  readonly steps: Releases;
}

const sumsOf = (population: Population, aside: Aside, { week, figures, steps }: Week): readonly Sum[] =>
  figures.flatMap((figure): Sum[] => {
    if (!INDICATORS[aside].includes(figure.indicator)) return [];
    const cell = cellIn(definitions[figure.indicator].counted, figure.cell);
    const sum = (cell === null ? null : steps.publishedAt({ cell, week }))?.entries ?? [];
    const contributions = sum.map((number) => population.asides[aside][number]!);
    if (!isMadeOf(figure, contributions))
      throw new Error(`${figure.indicator} of ${figure.cell} in week ${week} is made of others than moved there`);
    return [sum];
  });

export interface Published {
  /** All figures of evaluations, of every cell of every dimension at the end of every week and now and then between, with the evidence of each. */
  readonly evaluations: readonly Sum[];
  /** The same of what else a person says or does. That a figure is made of what moved by the rule is looked at, too. */
  readonly asides: Readonly<Record<Aside, readonly Sum[]>>;
}

export const publishedOf = (population: Population): Published => {
  const { ends, rows } = population;
  const steps = new Map(asideNames.map((aside) => [aside, releasesOf(population.asides[aside], ends.length - 1)]));
  const sums = new Map(asideNames.map((aside): [Aside, Sum[]] => [aside, []]));
  const evaluations = ends.flatMap((end, week) => {
    const answers = figuresAsOf(rows, end);
    const figures = figuresIn(answers);
    for (const aside of asideNames) sums.get(aside)!.push(...sumsOf(population, aside, { week, figures, steps: steps.get(aside)! }));
    const between = week % 8 === 0 ? ofGap(population, figuresAsOf(rows, addDays(end, 3))) : [];
    return [...ofEvaluations(population, answers), ...ofGap(population, answers), ...between];
  });
  // each name once
  return { evaluations, asides: Object.fromEntries(sums) as unknown as Published['asides'] };
};
