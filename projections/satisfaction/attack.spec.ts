import * as fc from 'fast-check';
import { evaluatedNetwork } from '#testing/networks/satisfaction-network';
import { instant } from '#testing/histories/story';
import { figuresAsOf, type Dimension } from './figures';
import type { Indicator } from './definitions';

const DIMENSIONS: readonly Dimension[] = ['network', 'site', 'unit', 'topic', 'role'];
const MONDAYS = Array.from({ length: 80 }, (_, week) => new Date(Date.UTC(2025, 0, 6, 6) + week * 7 * 86_400_000).toISOString());
const PERSONS = Array.from({ length: 22 }, (_, index) => `p${index}`);

const exchange = fc.record({
  week: fc.integer({ min: 0, max: 70 }),
  giver: fc.constantFrom(...PERSONS),
  learners: fc.uniqueArray(fc.constantFrom(...PERSONS), { minLength: 1, maxLength: 3 }),
  silent: fc.integer({ min: 0, max: 4 }),
  overall: fc.integer({ min: 1, max: 5 }),
  topicUri: fc.constantFrom('topic:a', 'topic:b', null),
});
type Meeting = typeof exchange extends fc.Arbitrary<infer T> ? T : never;

const networkOf = (meetings: readonly Meeting[]) => {
  const network = evaluatedNetwork();
  PERSONS.forEach((name, index) =>
    network.enrolled([name], { site: ['LYO', 'PAR', 'BRE'][index % 3] ?? '', unit: index < 12 ? 'MAIL' : 'BANK' }),
  );
  [...meetings]
    .sort((one, other) => one.week - other.week)
    .forEach(({ week, giver, learners: all, silent, overall, topicUri }, index) => {
      const learners = all.filter((name) => name !== giver);
      const answering = [giver, ...learners].filter((_, place) => place !== silent);
      const said = Object.fromEntries(answering.map((name) => [name, { overall }]));
      if (learners.length > 0) network.exchanged(`x${index}`, { on: MONDAYS[week]?.slice(0, 10) ?? '', giver, learners, said, topicUri });
    });
  return network;
};

/** Of every date and cell: whose answers a figure was made of. The attacker sees only the figure; the test sees behind it. */
const answersOf = (
  network: ReturnType<typeof evaluatedNetwork>,
  indicator: Indicator,
): ReadonlyMap<string, ReadonlyMap<string, string>> => {
  const authors = new Map(
    network.events.flatMap(({ type, data, meta }) => (type === 'EvaluationSubmitted' ? [[meta.eventId, data.memberId] as const] : [])),
  );
  const rows = network.rows();
  const answers = new Map<string, ReadonlyMap<string, string>>();
  for (const date of MONDAYS.filter((_, week) => week % 3 === 0)) {
    const given = figuresAsOf(rows, instant(date));
    for (const dimension of DIMENSIONS) {
      for (const figure of given.figures(dimension)) {
        if (figure.indicator !== indicator || figure.hidden || answers.has(`${figure.cell} ${figure.movedAt}`)) continue;
        const evaluations = given.evidenceOf(figure).flatMap(({ id }): [string, string][] => [[id, authors.get(id) ?? '']]);
        answers.set(`${figure.cell} ${figure.movedAt}`, new Map(evaluations.filter(([, author]) => author !== '')));
      }
    }
  }
  return answers;
};

const authorsApart = (one: ReadonlyMap<string, string>, other: ReadonlyMap<string, string>): number =>
  new Set([...[...one].filter(([id]) => !other.has(id)), ...[...other].filter(([id]) => !one.has(id))].map(([, author]) => author)).size;

describe('someone who asks for every cell at every date, to learn one answer (R15)', () => {
  const seed = 20260703;

  it(`finds no two answers that differ by one to four authors (seed ${seed})`, () => {
    let shown = 0;
    fc.assert(
      fc.property(fc.array(exchange, { minLength: 30, maxLength: 50 }), (meetings) => {
        const answers = [...answersOf(networkOf(meetings), 'satisfaction').values()];
        shown += answers.length;
        answers.forEach((answer) => expect(new Set(answer.values()).size).toBeGreaterThanOrEqual(5));
        const apart = answers.flatMap((one, index) => answers.slice(0, index).map((other) => authorsApart(one, other)));
        expect(apart.filter((authors) => authors > 0 && authors < 5)).toEqual([]);
      }),
      { seed, numRuns: 2 },
    );
    expect(shown).toBeGreaterThan(20);
  });
});
