import { everyoneDue } from '#projections/satisfaction/indicators/answers';
import type { SatisfactionRow } from '#projections/satisfaction/satisfaction.projection';
import { sourcesOf } from '#projections/satisfaction/sources';
import type { Ballot } from '#projections/satisfaction/ballot';
import type { Instant } from '#kernel/id';
import { type Dice, diceOf } from '#testing/dice';
import { evaluatedNetwork, type Said } from '#testing/satisfaction-network';

/** A network of one seed, and everything that a person was due to say in it. */
export interface Population {
  readonly rows: readonly SatisfactionRow[];
  readonly ballots: readonly Ballot[];
  /** The ends of its weeks: at others, no figure moves. */
  readonly ends: readonly Instant[];
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

const enrol = (network: Network, dice: Dice): readonly string[] => {
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

const meet = (network: Network, dice: Dice, persons: readonly string[], { id, week, givers }: Meeting): void => {
  const there = new Set([persons[dice(givers)]!]);
  const wanted = 2 + (dice(5) === 0 ? 1 : 0);
  while (there.size < wanted) there.add(persons[dice(persons.length)]!);
  const [giver, ...learners] = [...there];
  const answering = [...there].filter(() => dice(6) !== 0);
  const said = Object.fromEntries(answering.map((name): [string, Said] => [name, { overall: 1 + dice(5), usable: 1 + dice(5) }]));
  const topicUri = dice(4) === 0 ? null : TOPICS[dice(3)]!;
  network.exchanged(id, { on: dateOf(week), giver: giver!, learners, said, topicUri });
};

/** Weeks of few exchanges and some of many: fairs. In some networks few give, and so few are judged by all the others. */
const live = (network: Network, dice: Dice): void => {
  const persons = enrol(network, dice);
  const givers = dice(3) === 0 ? 2 + dice(4) : persons.length;
  const pace = 1 + dice(3);
  const weeks = 8 + dice(16);
  for (let week = 0; week < weeks; week += 1) {
    const meetings = dice(8) === 0 ? 6 + dice(10) : dice(2 * pace);
    for (let nth = 0; nth < meetings; nth += 1) meet(network, dice, persons, { id: `x${week}-${nth}`, week, givers });
  }
};

export const populationOf = (seed: number): Population => {
  const network = evaluatedNetwork();
  live(network, diceOf(seed));
  const rows = network.rows();
  const sources = sourcesOf(rows, instantOf(WEEKS));
  return { rows, ballots: everyoneDue(sources), ends: sources.weeks.ends };
};
