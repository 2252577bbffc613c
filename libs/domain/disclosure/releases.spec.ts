import * as fc from 'fast-check';
import { type CellContribution, releasesOf } from './releases';

interface Wrote {
  readonly author: string;
  readonly from?: number;
  readonly until?: number;
  readonly site?: string;
}

/** Each judges one person of their own, so that only authors are scarce. */
const wrote = ({ author, from = 0, until = Infinity, site = 'LYO' }: Wrote): CellContribution => ({
  authors: [author],
  judged: [`of-${author}`],
  cells: ['network', `site:${site}`],
  from,
  until,
});
const many = (n: number, given: Omit<Wrote, 'author'> & { readonly as: string }): readonly CellContribution[] =>
  Array.from({ length: n }, (_, index) => wrote({ ...given, author: `${given.as}${index}` }));
const shownIn = (
  entries: readonly CellContribution[],
  at: { readonly cell: string; readonly week: number },
  last = at.week,
): readonly CellContribution[] | null => {
  const known = entries.filter(({ from }) => from <= last);
  return (
    releasesOf(known, last)
      .publishedAt(at)
      ?.entries.map((number) => known[number]!) ?? null
  );
};
const authorsIn = (entries: readonly CellContribution[], week: number, cell = 'network'): number | null => {
  const shown = shownIn(entries, { cell, week });
  return shown === null ? null : new Set(shown.flatMap(({ authors }) => authors)).size;
};

describe('the steps of a figure (R15)', () => {
  it('shows nothing of four authors, and five once they are five', () => {
    expect(authorsIn(many(4, { as: 'a' }), 3)).toBeNull();
    expect(authorsIn(many(5, { as: 'a' }), 3)).toBe(5);
  });

  it('takes a voice that is in other cells later for the same voice: what is settled beside what was opened tells nobody apart', () => {
    const opened = (index: number, from: number, settled: number): CellContribution => {
      const entry = wrote({ author: `a${index}`, from });
      return { ...entry, later: { ...entry, cells: ['settled|network'], from: settled } };
    };
    const five = [0, 1, 2, 3, 4].map((index) => opened(index, 0, index < 4 ? 1 : 3));
    const settledIn = (entries: readonly CellContribution[], week: number) => authorsIn(entries, week, 'settled|network');
    expect([settledIn(five, 1), settledIn(five, 3)]).toEqual([null, 5]);
    // five are settled, but they are not the five that were opened
    expect(settledIn([...five, opened(5, 2, 2)], 2)).toBeNull();
    expect(authorsIn([...five, opened(5, 2, 2)], 2)).toBe(5);
  });

  it('shows nothing where fewer than five persons are judged', () => {
    const entries = many(9, { as: 'a' }).map((entry) => ({ ...entry, judged: ['x'] }));
    expect(authorsIn(entries, 3)).toBeNull();
  });

  it('stands still until five authors entered or left, then moves by all of them', () => {
    const entries = [...many(6, { as: 'a' }), ...many(4, { as: 'b', from: 1 }), ...many(1, { as: 'c', from: 3 })];
    expect([0, 1, 2, 3].map((week) => authorsIn(entries, week))).toEqual([6, 6, 6, 11]);
  });

  it('counts authors, not answers: one who writes five times moves nothing', () => {
    const entries = [...many(6, { as: 'a' }), ...Array.from({ length: 5 }, () => wrote({ author: 'z', from: 1 }))];
    expect(authorsIn(entries, 2)).toBe(6);
  });

  it('hides a cell whose complement is one to four authors', () => {
    const entries = [...many(10, { as: 'a' }), ...many(4, { as: 'b', site: 'PAR' })];
    expect(authorsIn(entries, 0)).toBe(14);
    expect(authorsIn(entries, 0, 'site:LYO')).toBeNull();
    expect(authorsIn(entries, 0, 'site:PAR')).toBeNull();
  });

  it('does not let three cells of a dimension tell the fourth by subtraction', () => {
    const entries = [...many(9, { as: 'a' }), ...many(9, { as: 'b', site: 'PAR' }), ...many(2, { as: 'c', site: 'BRE' })];
    const shown = ['LYO', 'PAR', 'BRE'].filter((site) => authorsIn(entries, 0, `site:${site}`) !== null);
    expect(shown).toEqual(['LYO']);
  });

  it('answers for a past date as it did then, whatever came later', () => {
    const then = [...many(6, { as: 'a' }), ...many(5, { as: 'b', from: 2 })];
    const later = [...then, ...many(20, { as: 'c', from: 3, site: 'PAR' })];
    expect([0, 1, 2].map((week) => authorsIn(later, week))).toEqual([0, 1, 2].map((week) => authorsIn(then, week)));
  });

  it('is left by those who entered it together only when all of them have gone', () => {
    const entries = [...many(3, { as: 'a', until: 1 }), ...many(2, { as: 'b', until: 2 }), ...many(5, { as: 'c', from: 1 })];
    expect([0, 1, 2].map((week) => authorsIn(entries, week))).toEqual([5, 10, 5]);
  });

  it('comes back to what it showed before, and to nothing near it', () => {
    const entries = [...many(7, { as: 'a' }), ...many(5, { as: 'b', from: 1, until: 2 }), wrote({ author: 'z', from: 2 })];
    expect([0, 1, 2].map((week) => authorsIn(entries, week))).toEqual([7, 12, 7]);
  });

  it('moves the network and a site so that the rest differs by nobody or by five: nine with six of them in one site wait (R15, case 24)', () => {
    const then = [...many(14, { as: 'a', site: 'LIL' }), ...many(26, { as: 'b' })];
    const entries = [...then, ...many(6, { as: 'c', site: 'LIL', from: 1 }), ...many(3, { as: 'd', from: 1 })];
    expect([0, 1].map((week) => [authorsIn(entries, week), authorsIn(entries, week, 'site:LIL')])).toEqual([
      [40, 14],
      [49, 14],
    ]);
    const later = [...entries, ...many(5, { as: 'e', from: 2 })];
    expect([authorsIn(later, 2), authorsIn(later, 2, 'site:LIL')]).toEqual([54, 14]);
    const both = [...later, ...many(5, { as: 'f', from: 3, site: 'LIL' }), ...many(5, { as: 'g', from: 3 })];
    expect([authorsIn(both, 3), authorsIn(both, 3, 'site:LIL')]).toEqual([64, 25]);
  });

  it('tells no difference of two dimensions: those of a unit outside its site wait with it (R15, case 24)', () => {
    const placed = (n: number, as: string, cells: readonly string[]): readonly CellContribution[] =>
      many(n, { as }).map((entry) => ({ ...entry, cells: ['network', ...cells] }));
    const entries = [
      ...placed(9, 'a', ['site:LYO', 'unit:MAIL']),
      ...placed(3, 'b', ['site:LYO', 'unit:BANK']),
      ...placed(9, 'c', ['site:PAR', 'unit:BANK']),
    ];
    const shown = ['site:LYO', 'site:PAR', 'unit:MAIL', 'unit:BANK'].filter((cell) => authorsIn(entries, 0, cell) !== null);
    expect(shown).toEqual(['site:LYO', 'site:PAR']);
  });

  it('shows what follows from what is shown: all learners, once the learners of each site are', () => {
    const learners = (site: string): readonly CellContribution[] =>
      many(9, { as: site }).map((entry) => ({ ...entry, cells: ['network', 'role:learner', `site:${site}`, `learners|site:${site}`] }));
    const givers = many(9, { as: 'g' }).map((entry) => ({ ...entry, cells: ['network', 'role:giver'] }));
    const entries = [...learners('LYO'), ...learners('PAR'), ...givers];
    const of = (cell: string): number | null => authorsIn(entries, 0, cell);
    expect(['learners|site:LYO', 'learners|site:PAR', 'role:learner', 'role:giver'].map(of)).toEqual([9, 9, 18, 9]);
  });

  it('counts persons: five answers of one who answered before are nobody new (R15, case 24)', () => {
    const again = Array.from({ length: 5 }, () => wrote({ author: 'a0', from: 1 }));
    expect(authorsIn([...many(6, { as: 'a' }), ...again], 1)).toBe(6);
    const entries = [...many(6, { as: 'a' }), ...again];
    expect(shownIn(entries, { cell: 'network', week: 1 })).toHaveLength(6);
  });
});

const entry = fc.record({
  author: fc.integer({ min: 0, max: 24 }).map((n) => `m${n}`),
  judged: fc.integer({ min: 0, max: 24 }).map((n) => `m${n}`),
  from: fc.integer({ min: 0, max: 8 }),
  stay: fc.integer({ min: 1, max: 9 }),
  site: fc.constantFrom('LYO', 'PAR', 'BRE'),
  role: fc.constantFrom('giver', 'learner'),
});
const entries = fc.array(entry, { minLength: 20, maxLength: 160 }).map((all) =>
  all.map(({ author, judged, from, stay, site, role }): CellContribution => ({
    authors: [author],
    judged: [judged],
    cells: ['network', `site:${site}`, `role:${role}`],
    from,
    until: from + stay,
  })),
);
const WEEKS = Array.from({ length: 18 }, (_, week) => week);

/** Every answer there is: any cell at any date, each once. */
const answers = (all: readonly CellContribution[]): readonly ReadonlySet<CellContribution>[] => {
  const { cells, publishedAt } = releasesOf(all, 20);
  return cells.flatMap((cell) =>
    [...WEEKS, 18, 19, 20].flatMap((week) => {
      const shown = publishedAt({ cell, week });
      return shown?.week === week ? [new Set(shown.entries.map((number) => all[number]!))] : [];
    }),
  );
};
const authorsOf = (voices: Iterable<CellContribution>): number => new Set([...voices].flatMap(({ authors }) => authors)).size;
const judgedOf = (voices: Iterable<CellContribution>): number => new Set([...voices].flatMap(({ judged }) => judged)).size;
const between = (one: ReadonlySet<CellContribution>, other: ReadonlySet<CellContribution>): readonly CellContribution[] => [
  ...[...one].filter((voice) => !other.has(voice)),
  ...[...other].filter((voice) => !one.has(voice)),
];
const tells = (voices: readonly CellContribution[]): boolean => voices.length > 0 && (authorsOf(voices) < 5 || judgedOf(voices) < 5);

describe('an attacker who asks for every cell at every date (R15)', () => {
  const seed = 20260301;

  it(`never gets an answer, or two answers that differ, by fewer than five (seed ${seed})`, () => {
    fc.assert(
      fc.property(entries, (all) => {
        const given = answers(all);
        const alone = given.filter((one) => tells([...one]));
        const compared = given.flatMap((one, index) => given.slice(0, index).filter((other) => tells(between(one, other))));
        expect([alone.length, compared.length]).toEqual([0, 0]);
      }),
      { seed, numRuns: 60 },
    );
  });

  it(`never isolates the rest of the network beside the sites of the same date (seed ${seed})`, () => {
    fc.assert(
      fc.property(entries, fc.constantFrom(...WEEKS), (all, week) => {
        const { publishedAt } = releasesOf(all, 20);
        const at = (cell: string): readonly CellContribution[] | undefined =>
          publishedAt({ cell, week })?.entries.map((number) => all[number]!);
        const network = at('network');
        const sites = new Set(['LYO', 'PAR', 'BRE'].flatMap((site) => at(`site:${site}`) ?? []));
        if (network !== undefined && sites.size > 0) expect(tells(between(new Set(network), sites))).toBe(false);
      }),
      { seed, numRuns: 200 },
    );
  });

  it(`answers the same whether asked then or later (seed ${seed})`, () => {
    fc.assert(
      fc.property(entries, fc.constantFrom(...WEEKS), (all, week) => {
        const known = all.filter(({ from }) => from <= week);
        const then = shownIn(known, { cell: 'network', week });
        expect(shownIn(all, { cell: 'network', week }, 20)).toEqual(then);
      }),
      { seed, numRuns: 60 },
    );
  });

  it(`answers the same in whatever order entries are told (seed ${seed})`, () => {
    const told = (all: readonly CellContribution[]): readonly unknown[] =>
      answers(all).map((shown) => [...shown].map((one) => JSON.stringify(one)).sort());
    fc.assert(
      fc.property(entries, (all) => expect(told([...all].reverse())).toEqual(told(all))),
      { seed, numRuns: 60 },
    );
  });
});
