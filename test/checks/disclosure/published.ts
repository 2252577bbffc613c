import { gapIn } from '#projections/evaluation-gap';
import { type Answers, answersAt, dimensions, type SatisfactionFigure } from '#projections/satisfaction/answer';
import { cellIn } from '#projections/satisfaction/cells';
import { definitions, type Indicator } from '#projections/satisfaction/figure';
import { everyoneDue } from '#projections/satisfaction/indicators/answers';
import { stepsOf, type Steps } from '#domain/disclosure/moves';
import { addDays } from '#domain/calendar';
import type { Ballot } from '#projections/satisfaction/ballot';
import type { Aside, Population } from './population';
import type { Sum } from './attack';

/** What an auditor opens behind one figure, as the ballots that it was made of. */
const ballotsBehind = ({ ballots }: Population, told: string, ids: ReadonlySet<string>): Sum =>
  ballots.flatMap((ballot, number) => {
    const event = ballot.answer ?? ballot.opens[0];
    return event !== undefined && ids.has(event.id) && ballot.cells.includes(told) ? [number] : [];
  });

type ShownFigure = Extract<SatisfactionFigure, { hidden: false }>;

const figuresIn = (answers: Answers): readonly ShownFigure[] =>
  dimensions.flatMap((dimension) => answers.figures(dimension).flatMap((figure) => (figure.hidden ? [] : [figure])));

const ofEvaluations = (population: Population, answers: Answers): readonly Sum[] =>
  figuresIn(answers).flatMap((figure): Sum[] => {
    const { ballots, counted } = definitions[figure.indicator];
    const told = cellIn(counted, figure.cell);
    if (ballots !== everyoneDue || told === null) return [];
    return [ballotsBehind(population, told, new Set(answers.behind(figure).map(({ id }) => id)))];
  });

/** The gap may be asked for at any moment: what it counts, by the closings that a network lead's figure rests on. */
const ofGap = ({ ballots }: Population, answers: Answers): readonly Sum[] => {
  const gap = gapIn(answers.figures('network'));
  if (gap === null) return [];
  const closings = new Set(answers.behind({ indicator: 'responseRate', cell: 'network', closings: true }).map(({ id }) => id));
  const behind = ballots.flatMap(({ opens }, number) => (closings.has(opens.at(-1)!.id) ? [number] : []));
  const missed = behind.filter((number) => ballots[number]!.answer === undefined);
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

/** Whether a figure says what its ballots come to: a median tells their number, hours their minutes, all others who is a hit. */
const isMadeOf = ({ indicator, n, numerator }: ShownFigure, ballots: readonly Ballot[]): boolean => {
  if (indicator === 'daysToSettle') return n === ballots.length;
  const hits = ballots.reduce((total, ballot) => total + ballot.hits, 0);
  return Math.abs(numerator! - (indicator.endsWith('HoursPerMember') ? hits / 60 : hits)) < 1e-6;
};

interface Week {
  readonly week: number;
  readonly figures: readonly ShownFigure[];
  readonly steps: Steps;
}

const sumsOf = (population: Population, aside: Aside, { week, figures, steps }: Week): readonly Sum[] =>
  figures.flatMap((figure): Sum[] => {
    if (!INDICATORS[aside].includes(figure.indicator)) return [];
    const cell = cellIn(definitions[figure.indicator].counted, figure.cell);
    const sum = (cell === null ? null : steps.shownAt({ cell, week }))?.entries ?? [];
    const ballots = sum.map((number) => population.asides[aside][number]!);
    if (!isMadeOf(figure, ballots))
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
  const steps = new Map(asideNames.map((aside) => [aside, stepsOf(population.asides[aside], ends.length - 1)]));
  const sums = new Map(asideNames.map((aside): [Aside, Sum[]] => [aside, []]));
  const evaluations = ends.flatMap((end, week) => {
    const answers = answersAt(rows, end);
    const figures = figuresIn(answers);
    for (const aside of asideNames) sums.get(aside)!.push(...sumsOf(population, aside, { week, figures, steps: steps.get(aside)! }));
    const between = week % 8 === 0 ? ofGap(population, answersAt(rows, addDays(end, 3))) : [];
    return [...ofEvaluations(population, answers), ...ofGap(population, answers), ...between];
  });
  // each name once
  return { evaluations, asides: Object.fromEntries(sums) as unknown as Published['asides'] };
};
