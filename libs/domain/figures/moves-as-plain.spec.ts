import * as fc from 'fast-check';
import { type Entry, movesOf, shownIn, stepsOf } from './moves';
import { plainMovesOf } from './moves.oracle';

const someOf = (all: readonly string[], least: number): fc.Arbitrary<readonly string[]> =>
  fc.subarray([...all], { minLength: least, maxLength: Math.min(3, all.length) });
const named = (as: string, n: number): readonly string[] => Array.from({ length: n }, (_, index) => `${as}${index}`);

/** Few persons meet often; some are silent, some are at two sites at once, some stay for ever, some leave as they come. */
const entryOf = (persons: readonly string[]): fc.Arbitrary<Entry> =>
  fc
    .record({
      authors: someOf(persons, 0),
      judged: someOf(persons, 0),
      sites: someOf(['site:LYO', 'site:PAR', 'site:BRE'], 1),
      topics: fc.subarray(['topic:a', 'topic:b', 'topic:c', 'topic:d'], { maxLength: 1 }),
      role: fc.constantFrom('role:giver', 'role:learner'),
      from: fc.integer({ min: 0, max: 9 }),
      stay: fc.constantFrom(0, 1, 2, 3, 5, 8, Infinity),
    })
    .map(({ authors, judged, sites, topics, role, from, stay }) => ({
      ...{ authors, judged, from, until: from + stay },
      cells: ['network', ...sites, ...topics, role],
    }));

const history = fc
  .integer({ min: 6, max: 30 })
  .chain((persons) => fc.array(entryOf(named('m', persons)), { minLength: 0, maxLength: 140, size: 'max' }));

describe('the steps found by numbers (R15)', () => {
  const seed = 20260811;

  it(`are those found by the rule's own words, whatever the history (seed ${seed})`, () => {
    let [moves, hidden] = [0, 0];
    fc.assert(
      fc.property(history, fc.integer({ min: 0, max: 18 }), (entries, last) => {
        const found = movesOf(entries, last);
        expect([...found]).toEqual([...plainMovesOf(entries, last)]);
        const steps = [...found.values()].flat();
        moves += steps.length;
        hidden += steps.filter(({ shown }) => !shown).length;
      }),
      { seed, numRuns: 600 },
    );
    // the histories do move, and do hide again
    expect([moves > 1000, hidden > 20]).toEqual([true, true]);
  });

  it(`do not depend on the order in which the answers are told (seed ${seed})`, () => {
    fc.assert(
      fc.property(history, (entries) => expect(movesOf([...entries].reverse(), 18)).toEqual(movesOf(entries, 18))),
      { seed, numRuns: 100 },
    );
  });

  it(`show in every cell and week what the moves say (seed ${seed})`, () => {
    fc.assert(
      fc.property(history, fc.integer({ min: 0, max: 18 }), (entries, week) => {
        const { moves, shownAt } = stepsOf(entries, 18);
        for (const cell of [...moves.keys(), 'site:NONE']) {
          const plain = shownIn(entries, moves, { cell, week });
          const found = shownAt({ cell, week });
          expect([found?.week, new Set(found?.entries.map((number) => entries[number]))]).toEqual([plain?.week, new Set(plain?.entries)]);
        }
      }),
      { seed, numRuns: 100 },
    );
  });
});
