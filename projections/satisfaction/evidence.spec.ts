import type { RecordedEvent } from '#event-store/codec.port';
import { foldInMemory } from '#read-store/fold/in-memory-fold';
import { randomEvaluations, someWeeks } from '#testing/networks/random-evaluations';
import { instant } from '#testing/histories/story';
import { type FiguresAsOf, figuresAsOf, dimensions, type SatisfactionFigure } from './figures';
import { cellIn } from './cells';
import { columnsOf } from './columns';
import { definitions, type Indicator, indicators } from './definitions';
import type { SatisfactionRow } from './satisfaction.projection';
import { satisfactionModel } from './satisfaction.table';
import { sourcesOf } from './sources';

type Shown = Extract<SatisfactionFigure, { hidden: false }>;

const rowsOf = (events: readonly RecordedEvent[]): readonly SatisfactionRow[] =>
  [...foldInMemory(satisfactionModel, events).rows.values()] as readonly SatisfactionRow[];

const figuresOf = (answers: FiguresAsOf): readonly SatisfactionFigure[] => dimensions.flatMap((dimension) => answers.figures(dimension));

/**
 * The figure behind the publication, as whoever holds these events alone counts it: every contribution that they tell. Which ones are shown
 * is the publication's to say (R15); for passing on, the events are the whole history, and tell that, too.
 */
const recounted = (events: readonly RecordedEvent[], asOf: string, figure: Shown): SatisfactionFigure | undefined => {
  const { indicator, cell, movedAt: end } = figure;
  const rows = rowsOf(events);
  if (indicator === 'passingOn')
    return figuresOf(figuresAsOf(rows, instant(asOf))).find((each) => each.indicator === indicator && each.cell === cell);
  const { contributions: cast, separately: beside, as, counted, question, read } = definitions[indicator];
  const sources = sourcesOf(rows, instant(asOf));
  const told = cellIn(counted, cell) ?? '';
  const contributions = cast(sources)
    .map(as ?? ((contribution) => contribution))
    .filter(({ cells }) => cells.includes(told));
  const separately = (beside?.(sources) ?? []).filter(({ cells }) => cells.includes(told));
  const shown = { contributions, columns: columnsOf(contributions, question), numbers: [...contributions.keys()] };
  return { indicator, cell, hidden: false, movedAt: end, ...read(shown, { cell, end, sources, separately }) };
};

const listed = (events: readonly RecordedEvent[], answers: FiguresAsOf, figure: SatisfactionFigure): readonly RecordedEvent[] => {
  const ids = new Set<string>(answers.evidenceOf(figure).map(({ id }) => id));
  return events.filter(({ meta }) => ids.has(meta.eventId));
};

/** What alone makes a figure another one when it is left out of the list. */
const ANSWER = ['EvaluationSubmitted', 'ExchangeClosed', 'ExchangeAgreed', 'MemberEnrolled', 'ProfileChanged'];
const HOURS = ['TrainingHoursRecorded', 'MemberEnrolled', 'MemberSuspended', 'ReciprocityRestored', 'ProfileChanged'];
const needed: Readonly<Record<Indicator, readonly string[]>> = {
  responseRate: ANSWER.filter((type) => type !== 'EvaluationSubmitted'),
  satisfaction: ANSWER,
  mutualSatisfaction: ['EvaluationSubmitted', 'ExchangeClosed', 'ExchangeAgreed'],
  objectivesAttained: ANSWER,
  usefulHot: ANSWER,
  usefulCold: ['FollowUpSubmitted', 'FollowUpDue', 'ExchangeClosed', 'ExchangeAgreed', 'MemberEnrolled', 'ProfileChanged'],
  exchangeAgain: ANSWER,
  passingOn: ['ExchangeHeld', 'ExchangeAgreed', 'MemberEnrolled'],
  complaintsPer100: ['ExchangeDisputed', 'ExchangeHeld', 'ExchangeAgreed', 'MemberEnrolled'],
  daysToSettle: ['ExchangeDisputed', 'DisputeSettled', 'ExchangeAgreed', 'MemberEnrolled'],
  learnerHoursPerMember: HOURS,
  giverHoursPerMember: HOURS,
};

const SEEDS = [1, 2];
const networks = SEEDS.map((seed) => {
  const { events } = randomEvaluations(seed);
  const rows = rowsOf(events);
  return { events, dates: someWeeks.map((asOf) => ({ asOf, answers: figuresAsOf(rows, instant(asOf)) })) };
});

const eachFigure = (
  of: typeof networks,
  visit: (events: readonly RecordedEvent[], at: { asOf: string; answers: FiguresAsOf }, figure: SatisfactionFigure) => void,
) => of.forEach(({ events, dates }) => dates.forEach((at) => figuresOf(at.answers).forEach((figure) => visit(events, at, figure))));

describe(`the evidence of a satisfaction figure (seeds ${SEEDS.join(', ')})`, () => {
  it('is all from which it can be recounted: folded alone, it gives the same figure (§6, case 23)', () => {
    const opened = new Set<string>();
    eachFigure(networks, (events, { asOf, answers }, figure) => {
      const list = listed(events, answers, figure);
      if (figure.hidden) return expect(list).toEqual([]);
      opened.add(figure.indicator).add(figure.cell.split(':', 1)[0] ?? '');
      expect({ asOf, figure: recounted(list, asOf, figure) }).toEqual({ asOf, figure });
    });
    expect([...indicators, ...dimensions].filter((name) => !opened.has(name))).toEqual([]);
  });

  it('lists what counts, where, and what it is divided by: each of these, left out, makes it another figure (§6, case 23)', () => {
    const found = new Map<Indicator, Set<string>>(indicators.map((indicator) => [indicator, new Set<string>()]));
    eachFigure(networks.slice(0, 1), (events, { asOf, answers }, figure) => {
      const known = found.get(figure.indicator);
      const isWanted = ({ type }: RecordedEvent): boolean => needed[figure.indicator].includes(type) && known?.has(type) === false;
      if (figure.hidden || needed[figure.indicator].every((type) => known?.has(type))) return;
      const list = listed(events, answers, figure);
      for (const one of list.filter(isWanted).slice(0, 12)) {
        if (!isWanted(one)) continue;
        const rest = list.filter((event) => event !== one);
        if (JSON.stringify(recounted(rest, asOf, figure)) !== JSON.stringify(figure)) known?.add(one.type);
      }
    });
    const inOrder = (types: Iterable<string>): readonly string[] => [...types].sort();
    expect(new Map([...found].map(([indicator, types]) => [indicator, inOrder(types)]))).toEqual(
      new Map(indicators.map((indicator) => [indicator, inOrder(needed[indicator])])),
    );
  });
});
