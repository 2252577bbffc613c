import { addDays } from '#domain/calendar';
import { everyoneDue } from '#projections/satisfaction/indicators/evaluations';
import type { SatisfactionRow } from '#projections/satisfaction/satisfaction.projection';
import { sourcesOf } from '#projections/satisfaction/sources';
import { disputes } from '#projections/satisfaction/indicators/complaints';
import { usefulCold } from '#projections/satisfaction/indicators/follow-ups';
import { passingOn } from '#projections/satisfaction/indicators/passing-on';
import { minutesOf } from '#projections/satisfaction/indicators/training-volume';
import type { FigureContribution, Sources } from '#projections/satisfaction/contribution';
import type { Instant } from '#kernel/id';
import { type SeededRandom, seededRandom } from '#testing/seeded-random';
import { follow } from '#testing/networks/random-evaluations';
import { evaluatedNetwork, type Said } from '#testing/networks/satisfaction-network';

/** What figures of one kind are made of: what is published of another kind tells nothing about it. */
export interface Cast {
  readonly contributions: readonly FigureContribution[];
  /** The ends of its weeks: at others, no figure moves. */
  readonly ends: readonly Instant[];
}

/** What somebody said, or did, beside an evaluation. */
export const asides = {
  'follow-ups': usefulCold,
  disputes,
  'passing on': passingOn,
  'learner hours': minutesOf('learner'),
  'giver hours': minutesOf('giver'),
} satisfies Readonly<Record<string, (sources: Sources) => readonly FigureContribution[]>>;
export type Aside = keyof typeof asides;

/** Who met, and who of them answered. */
export interface Met {
  readonly id: string;
  readonly giver: string;
  readonly learners: readonly string[];
  readonly answering: readonly string[];
}

/** A network of one seed, and everything that a person was due to say in it. */
export interface Population extends Cast {
  readonly rows: readonly SatisfactionRow[];
  readonly asides: Readonly<Record<Aside, readonly FigureContribution[]>>;
  readonly met: readonly Met[];
}

const DAY = 86_400_000;
const START = Date.UTC(2025, 0, 8, 6);
const dateOf = (week: number): string => new Date(START + week * 7 * DAY).toISOString().slice(0, 10);
const instantOf = (week: number): Instant => new Date(START + week * 7 * DAY).toISOString() as Instant;

const SITES = ['LYO', 'LIL', 'PAR'];
const UNITS = ['MAIL', 'BANK'];
const TOPICS = ['topic:a', 'topic:b', 'topic:c'];
/** Longer than a year, so that some is forgotten again. */
const WEEKS = 70;

type Network = ReturnType<typeof evaluatedNetwork>;

const enrol = (network: Network, dice: SeededRandom): readonly string[] => {
  const persons = Array.from({ length: 14 + dice(26) }, (_, index) => `p${index}`);
  for (const person of persons) network.enrolled([person], { site: SITES[dice(3)]!, unit: UNITS[dice(2)]! });
  return persons;
};

interface Meeting {
  readonly id: string;
  readonly week: number;
  /** How many of the persons ever give. */
  readonly givers: number;
}

const meet = (network: Network, dice: SeededRandom, persons: readonly string[], { id, week, givers }: Meeting): Met => {
  const there = new Set([persons[dice(givers)]!]);
  const wanted = 2 + (dice(5) === 0 ? 1 : 0);
  while (there.size < wanted) there.add(persons[dice(persons.length)]!);
  const [giver, ...learners] = [...there];
  const answering = [...there].filter(() => dice(6) !== 0);
  const said = Object.fromEntries(answering.map((name): [string, Said] => [name, { overall: 1 + dice(5), usable: 1 + dice(5) }]));
  const topicUri = dice(4) === 0 ? null : TOPICS[dice(3)]!;
  network.exchanged(id, { on: dateOf(week), giver: giver!, learners, said, topicUri });
  return { id, giver: giver!, learners, answering };
};

/** Weeks of few exchanges and some of many: fairs. In some networks few give, and so few are judged by all the others. */
const live = (network: Network, dice: SeededRandom, asideDice: SeededRandom): readonly Met[] => {
  const met: Met[] = [];
  const persons = enrol(network, dice);
  const givers = dice(3) === 0 ? 2 + dice(4) : persons.length;
  const pace = 1 + dice(3);
  const weeks = 8 + dice(16);
  for (let week = 0; week < weeks; week += 1) {
    const meetings = dice(8) === 0 ? 6 + dice(10) : dice(2 * pace);
    for (let nth = 0; nth < meetings; nth += 1) {
      const one = meet(network, dice, persons, { id: `x${week}-${nth}`, week, givers });
      const there = [one.giver, ...one.learners];
      follow({ network, dice: asideDice }, { id: one.id, there, on: (days) => addDays(instantOf(week), days) });
      met.push(one);
    }
  }
  return met;
};

export const populationOf = (seed: number): Population => {
  const network = evaluatedNetwork();
  const met = live(network, seededRandom(seed), seededRandom(seed + 1_000_000));
  const rows = network.rows();
  const sources = sourcesOf(rows, instantOf(WEEKS));
  const said = Object.entries(asides).map(([aside, cast]) => [aside, cast(sources)]);
  // the same names, each with what its own cast finds
  return {
    rows,
    contributions: everyoneDue(sources),
    ends: sources.weeks.ends,
    met,
    asides: Object.fromEntries(said) as Population['asides'],
  };
};
